// Nothing that was typed is lost: words come back after signing in again, and a request that failed says so.

const STORE = "caitien-words:"; // in this tab only; gone when it is closed
const isPlain = document.body.classList.contains("plain"); // sign-in and error pages
const at = () => location.pathname + location.search;
const note = () => document.getElementById("bao");

const keepable = (form) =>
  form?.matches?.("form[method=post]:not([data-autosaved])") && !form.querySelector("input[type=password]") && (form.matches("[data-keep-words]") || !form.querySelector("input[type=file]")) && form.querySelector("textarea, input:not([type=hidden])");
const typed = (form) =>
  [...form.elements].filter((one) => one.name && one.matches("textarea, input:not([type]), input[type=text], input[type=number]"));
const keyOf = (form) => `${STORE}${at()} ${form.getAttribute("action") ?? ""}`;

// --- what is being typed
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!keepable(form)) return;
  const words = Object.fromEntries(typed(form).filter((one) => one.value !== one.defaultValue).map((one) => [one.name, one.value]));
  if (Object.keys(words).length) sessionStorage.setItem(keyOf(form), JSON.stringify({ words }));
  else sessionStorage.removeItem(keyOf(form));
});

// --- what was sent is forgotten when a page of the program answers; what a sign-in page answered to is not
const eachKept = (use) => {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(STORE)) use(key, JSON.parse(sessionStorage.getItem(key)));
};
const markSent = (form, sent) => {
  const kept = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "null");
  if (kept) sessionStorage.setItem(keyOf(form), JSON.stringify({ ...kept, sent }));
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  const sent = form.elements.csrfmiddlewaretoken;
  if (token && sent) sent.value = token; // signed in again in another tab: the page's own token is old
  if (keepable(form)) markSent(form, true);
}, true);
if (isPlain) {
  const signedOut = location.pathname.endsWith("/login/") && !location.search.includes("next=");
  eachKept((key, kept) => {
    if (signedOut) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify({ words: kept.words })); // it was not taken after all
  });
} else eachKept((key, kept) => kept.sent && !document.querySelector("main .field-error:not([hidden])") && sessionStorage.removeItem(key));

// --- back on the page: the words are put where they were
const bringBack = () => {
  for (const form of document.querySelectorAll("form[method=post]")) {
    const kept = keepable(form) && JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "null");
    if (!kept || form.querySelector(".field-error:not([hidden])")) continue;
    const back = typed(form).filter((one) => one.name in kept.words && one.value === one.defaultValue && one.value !== kept.words[one.name]);
    for (const one of back) one.value = kept.words[one.name];
    if (back.length) tell("back");
  }
};

// --- one line at the foot of the page
const tell = (what) => {
  const line = note();
  if (!line) return;
  for (const one of line.querySelectorAll("[data-says]")) one.hidden = one.dataset.says !== what;
  line.hidden = false;
};
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-note]")) note().hidden = true;
});
if (!isPlain) bringBack();

// --- requests of htmx
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (token) event.detail.headers["X-CSRFToken"] = token;
});
document.addEventListener("htmx:responseError", (event) => {
  const { status, responseText } = event.detail.xhr;
  const refused = note()?.querySelector("[data-says=refused] span");
  if (status === 409 && refused) refused.textContent = responseText; // the server's own sentence: not now, and why
  tell(status === 401 ? "expired" : status === 409 ? "refused" : "failed");
});
document.addEventListener("htmx:beforeSend", (event) => {
  if (event.detail.elt.closest("form") && note() && !note().hidden) note().hidden = true; // it is on its way again: the old line is no longer true
});
document.addEventListener("htmx:sendError", () => tell("offline"));
document.addEventListener("htmx:timeout", () => tell("offline"));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest("form");
  if (!event.detail.successful) return;
  if (note() && !note().hidden) note().hidden = true;
  if (form && form.method === "post") eachKept((key, kept) => kept.sent && sessionStorage.removeItem(key));
});

// --- a form that is on its way is not sent twice
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[data-busy-form]")) return;
  if (form.dataset.onItsWay) event.preventDefault();
  else form.dataset.onItsWay = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-on-its-way]")) delete form.dataset.onItsWay;
});
