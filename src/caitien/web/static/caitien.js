// What moves on a page of Cải Tiến. Every page works without this file; it only saves a reload, a click or a key.

document.documentElement.classList.add("has-script");

// --- light and dark: at once, and kept in the cookie that the server reads
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const theme = event.submitter.value;
  const secure = location.protocol === "https:" ? "; secure" : "";
  const age = theme ? 365 * 24 * 3600 : 0;
  document.cookie = `caitien-theme=${theme}; path=/; max-age=${age}; samesite=lax${secure}`;
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  form.closest("details").open = false;
});

// --- small menus close when one clicks elsewhere or presses Escape
const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details[data-menu][open], details.confirm[open]"))
    if (menu !== except) menu.open = false;
};
document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu], details.confirm")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details[data-menu][open], details.confirm[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// --- a file can be dropped on the drop zone; a form that is on its way says so and cannot be sent twice
const zoneOf = (event) => event.target.closest?.("[data-drop-zone]");
for (const name of ["dragenter", "dragover"])
  document.addEventListener(name, (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.add("is-over");
  });
document.addEventListener("dragleave", (event) => {
  const zone = zoneOf(event);
  if (zone && !zone.contains(event.relatedTarget)) zone.classList.remove("is-over");
});
document.addEventListener("drop", (event) => {
  const zone = zoneOf(event);
  if (!zone) return;
  event.preventDefault();
  zone.classList.remove("is-over");
  const input = zone.querySelector("input[type=file]");
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
const tooLarge = (input) => {
  const error = input.closest("[data-drop-zone]").querySelector("[data-drop-error]");
  const size = input.files[0]?.size ?? 0;
  error.hidden = size <= Number(input.dataset.mostBytes);
  error.textContent = error.hidden ? "" : input.dataset.tooLarge.replace("{size}", Math.floor(size / 1024 / 1024));
  return !error.hidden;
};
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-drop-zone] input[type=file]") && event.target.files.length) {
    if (tooLarge(event.target)) event.target.value = "";
    else event.target.form.requestSubmit();
  }
  if (event.target.matches("[data-send-on-change]")) event.target.form.requestSubmit();
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-busy-form]")) return;
  if (form.classList.contains("is-busy")) {
    event.preventDefault();
    return;
  }
  form.classList.add("is-busy");
  form.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll(".is-busy")) {
    form.classList.remove("is-busy");
    form.removeAttribute("aria-busy");
  }
});

// --- one key goes to the next or the previous thing: <a data-key="j n ArrowRight">
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, [contenteditable], [role=region], .source-frame")) return;
  const link = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(" ").includes(event.key));
  if (!link) return;
  event.preventDefault();
  link.click();
});

// --- what is marked on the page of the file stands in sight
const showMarked = (root) => {
  for (const frame of root.querySelectorAll(".source-frame")) {
    const marked = [".box-cell", "td.is-cell", ".box-row", ".is-row-cell"]
      .map((one) => frame.querySelector(one))
      .find(Boolean);
    if (!marked) continue;
    const inside = marked.getBoundingClientRect();
    const outside = frame.getBoundingClientRect();
    frame.scrollTop += inside.top - outside.top - outside.height / 4;
    frame.scrollLeft += inside.left - outside.left - outside.width / 4;
  }
};
const showWhenDrawn = (root) => {
  showMarked(root);
  for (const image of root.querySelectorAll(".source-frame img"))
    if (!image.complete) image.addEventListener("load", () => showMarked(root), { once: true });
};
showWhenDrawn(document);
document.addEventListener("htmx:afterSwap", (event) => showWhenDrawn(event.target.parentElement ?? document));

// --- "other" opens its text field; the field takes the words of the choice that was clicked
document.addEventListener("input", (event) => {
  const other = event.target.closest("[data-other]");
  if (!other || !event.target.value) return;
  const radio = document.getElementById(other.dataset.other);
  if (radio) radio.checked = true;
});

// --- a page made for paper has a button that prints it
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
