// Dán từ Excel hoặc Word: takes the table out of the clipboard, sends it, and keeps it until it is in the plan.

const KEPT = new Set(["colspan", "rowspan", "data-style", "sdval", "x:num", "data-sheets-value", "hidden", "start"]);
const DROPPED = "script,style,link,meta,title,img,object,iframe,svg,xml,template,noscript,input,button,select,col,colgroup";
const TELLS = /mso-list\s*:\s*ignore|mso-hide\s*:\s*all|display\s*:\s*none/i;
const SHEET = /office:excel|Excel\.Sheet|google-sheets|sdnum=|LibreOffice[^>]{0,40}Calc/;

// --- the clipboard's HTML without the weight of the program it comes from (a page of Word is 20 times its words)
const lighter = (html) => {
  // styles only say here what Word draws as bullets and what it hides; as styles the security policy would refuse them
  const unstyled = html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
  const page = new DOMParser().parseFromString(unstyled, "text/html"); // nothing in it is loaded or run
  for (const one of page.querySelectorAll(DROPPED)) one.remove();
  const notes = page.createNodeIterator(page, NodeFilter.SHOW_COMMENT);
  for (let note = notes.nextNode(); note; note = notes.nextNode()) note.remove();
  for (const one of page.body.querySelectorAll("*"))
    for (const { name, value } of [...one.attributes])
      if (!KEPT.has(name) || (name === "data-style" && !TELLS.test(value))) one.removeAttribute(name);
  const mark = SHEET.test(html) ? "<!-- google-sheets -->" : ""; // it came from a spreadsheet
  return mark + page.body.innerHTML;
};
const rowsOf = (html) =>
  [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("tr")]
    .map((row) => [...row.children].map((cell) => cell.textContent.trim().replace(/\s+/g, " ")).join("\t"))
    .join("\n");

// --- kept-words.js keeps what differs from what the page came with: the whole block does
const keep = (form) => {
  for (const box of ["html", "text"].map((name) => form.elements[name]).filter(Boolean)) {
    box.value = String(box.value); // from here on its value is its own, and not that of the page
    box.defaultValue = "";
  }
  form.elements.html.dispatchEvent(new Event("input", { bubbles: true }));
};

// --- the page where one pastes
const start = document.querySelector("[data-paste-form]");
if (start) {
  const { text, html, state } = start.elements;
  const take = (event) => {
    const board = event.clipboardData;
    const marked = board?.getData("text/html") ?? "";
    const plain = board?.getData("text/plain") ?? "";
    if (!/<t[dr]\b/i.test(marked) && !/[\t\n]/.test(plain.trim())) return; // a word or a line: into the box as usual
    event.preventDefault();
    text.value = plain;
    html.value = marked ? lighter(marked) : "";
    state.value = "";
    keep(start);
    start.requestSubmit();
  };
  start.addEventListener("paste", take);
  document.body.addEventListener("paste", (event) => event.target.closest("form") ?? take(event));
  text.addEventListener("input", () => {
    html.value = state.value = ""; // typed by hand: what is seen is what counts
  });
  // back after signing in, or after going back: kept-words.js has put the block into its boxes
  const shown = start.querySelector("[data-paste-kept]");
  if (html.value && !text.value) text.value = rowsOf(html.value);
  if (html.value || text.value) shown.hidden = !!start.querySelector(".alert-error");
  for (const [name, value] of new URLSearchParams(state.value)) {
    if (name === "sau" && start.elements.sau) continue;
    const one = Object.assign(document.createElement("textarea"), { name, value, hidden: true });
    start.append(one);
  }
  if (html.value || text.value) keep(start);
}

// --- the preview
const tell = (form) => {
  const button = form.querySelector("[data-words]");
  const count = form.querySelectorAll("input[name=lay]:checked").length;
  button.querySelector("[data-says]").textContent = button.dataset.words.replace("{n}", count);
};
const note = (form) => {
  const all = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (!["html", "text", "state", "csrfmiddlewaretoken"].includes(name)) all.append(name, value);
  form.elements.state.value = all;
  form.elements.state.defaultValue = "";
  keep(form);
};
const previewed = () => document.querySelector("[data-paste-preview]");
if (previewed()) {
  note(previewed());
  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-paste-preview]");
    if (!form) return;
    event.target.closest("tbody")?.classList.toggle("is-left", !event.target.closest("tbody").querySelector("[name=lay]").checked);
    tell(form);
    note(form);
  });
  let waiting;
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-paste-preview] textarea:not([hidden])")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => note(previewed()), 400);
  });
  // while the preview is made anew nothing can be typed into what is about to go
  document.addEventListener("htmx:beforeRequest", (event) => (event.target.form ?? event.target).toggleAttribute("inert", true));
  document.addEventListener("htmx:afterRequest", () => previewed()?.removeAttribute("inert"));
  document.addEventListener("htmx:afterSettle", () => previewed() && note(previewed()));
}
