// The council: rows are put in order by dragging or Alt+arrows, a tick of a standard ticks its criteria, people are
// offered by what one types without diacritics. Every page works without this file.

const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .trim();

// --- order
const rowOf = (event) => event.target.closest?.("tr[data-move]");
const moved = (row, to) => {
  const values = typeof to === "number" ? { toi: to } : { buoc: to };
  htmx.ajax("POST", row.dataset.move, { target: "#hoi-dong", select: "#hoi-dong", swap: "outerHTML", values }).then(() =>
    document.querySelector(`#${CSS.escape(row.id)} .row-link`)?.focus(),
  );
};
document.addEventListener("keydown", (event) => {
  const row = rowOf(event);
  if (!row || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  if (event.target.closest("input, textarea, select")) return;
  event.preventDefault();
  const up = event.key === "ArrowUp";
  if (up ? row.previousElementSibling : row.nextElementSibling) moved(row, up ? "len" : "xuong");
});
let dragged = null;
document.addEventListener("dragstart", (event) => {
  dragged = rowOf(event);
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  dragged.classList.add("is-dragged");
});
document.addEventListener("dragover", (event) => {
  const row = rowOf(event);
  if (!dragged || !row || row.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  for (const one of row.parentElement.children) one.classList.toggle("is-target", one === row && one !== dragged);
});
document.addEventListener("drop", (event) => {
  const row = rowOf(event);
  if (!dragged || !row || row === dragged || row.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  moved(dragged, [...row.parentElement.children].indexOf(row));
});
document.addEventListener("dragend", () => {
  for (const one of document.querySelectorAll(".is-target, .is-dragged")) one.classList.remove("is-target", "is-dragged");
  dragged = null;
});

// --- a whole standard at once
const ticksBelow = (box) => box.closest("tbody").querySelectorAll(`[data-tick="${CSS.escape(box.dataset.tickAll)}"]`);
document.addEventListener("change", (event) => {
  const box = event.target.closest("[data-tick-all]");
  if (box) for (const one of ticksBelow(box)) one.checked = box.checked;
  const tick = event.target.closest("[data-tick]");
  const all = tick?.closest("tbody").querySelector(`[data-tick-all="${CSS.escape(tick.dataset.tick)}"]`);
  if (all) all.checked = [...ticksBelow(all)].every((one) => one.checked);
});
for (const box of document.querySelectorAll("[data-tick-all]"))
  box.checked = ticksBelow(box).length > 0 && [...ticksBelow(box)].every((one) => one.checked);

// --- people by what was typed
const MOST = 6;
const people = () =>
  [...document.querySelectorAll("[data-people] option")].map((one) => ({
    name: one.value,
    post: one.textContent,
    plain: one.dataset.plain,
  }));
const offer = (input) => {
  let box = input.parentElement.querySelector(".people-offered");
  if (!box) {
    box = document.createElement("div");
    box.className = "row people-offered";
    box.setAttribute("aria-live", "polite");
    input.after(box);
  }
  const typed = fold(input.value);
  const found = typed ? people().filter((one) => one.plain.includes(typed) && one.name !== input.value) : [];
  box.replaceChildren(
    ...found.slice(0, MOST).map((one) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-quiet btn-sm";
      button.textContent = one.post ? `${one.name} (${one.post})` : one.name;
      button.addEventListener("click", () => {
        input.value = one.name;
        const post = input.form.elements.namedItem("post");
        if (post && !post.value) post.value = one.post;
        box.replaceChildren();
        input.focus();
      });
      return button;
    }),
  );
};
document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-names-people], input[list='nguoi']")) {
    event.target.removeAttribute("list");
    event.target.dataset.namesPeople = "";
    offer(event.target);
  }
});
