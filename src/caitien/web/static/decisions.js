// The list of decisions by keyboard: j and k go to the next and the previous one, d agrees with what is proposed.
const all = () => [...document.querySelectorAll("[data-decision]")];
const current = () => document.activeElement?.closest?.("[data-decision]");
const go = (step) => {
  const list = all();
  const at = list.indexOf(current());
  const next = list[at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + step, 0), list.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
};
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "d") current()?.querySelector("[data-agree]")?.click();
  else return;
  event.preventDefault();
});
// What was answered stands aside; the reader is taken to the next one.
document.addEventListener("htmx:afterSwap", (event) => {
  const id = event.detail.target?.id;
  const swapped = id && document.getElementById(id);
  if (!swapped?.matches("[data-decision]")) return;
  const writing = swapped.querySelector("input:not([type=hidden]), textarea, select");
  if (writing) writing.focus();
  else if (swapped.querySelector("[data-agree]")) swapped.focus();
  else {
    swapped.focus();
    go(1);
  }
});
