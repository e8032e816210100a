// Rows of the grid: added, moved, chosen, taken out; and taking back what was done, whatever it was.

import { ask, newKey } from "./grid-queue.js";

/** What can be done with rows. `grid`: what grid.js shows of itself. */
export const rowWork = (grid) => {
  const { $, all, say, tell, rows, rowOf, cellAt, colOf, active, go, edit, show, reload } = grid;

  // --- rows: new, moved, chosen, taken out
  const adding = { on: false, typed: "" };
  const add = async (after) => {
    Object.assign(adding, { on: true, typed: "" });
    try {
      await addEmpty(after);
    } finally {
      adding.on = false;
    }
  };
  const addEmpty = async (after) => {
    const key = newKey();
    const response = await ask(grid.table.dataset.add, "POST", { key, after }).catch(() => null);
    if (!response?.ok) return tell(response?.status === 409 ? await response.text() : say(response?.status === 401 ? "expired" : "failed", { n: grid.queue.all().length }));
    const made = await response.json();
    if (made.batch) remember("undo", { batch: made.batch, what: say("add") });
    await reload(made.key);
    const cell = cellAt(rowOf(made.key), colOf("content"));
    if (cell) go(cell), edit(cell, adding.typed || null);
  };
  const remove = async (keys) => {
    const form = new FormData();
    for (const key of keys) form.append("chon", key);
    form.append("viec", "bo");
    const response = await ask(grid.table.dataset.bulk, "POST", form).catch(() => null);
    if (!response?.ok) return tell(response?.status === 409 ? await response.text() : say("failed"));
    const done = await response.json();
    remember("undo", { batch: done.batch, what: say("remove", { n: keys.length }) });
    const here = rows().findIndex((row) => row.dataset.id === grid.at?.id);
    const stays = (row) => !keys.includes(row.dataset.id);
    const next = rows().slice(here).find(stays) ?? rows().findLast(stays);
    if (next && grid.at) grid.at = { id: next.dataset.id, col: grid.at.col };
    await reload();
    tell(done.say);
  };
  const place = async (row, before) => {
    const mates = all("tr[data-id]", row.parentElement);
    if (grid.table.dataset.sorted !== undefined) return tell(say("sorted"));
    row.parentElement.insertBefore(row, before);
    const [above, below] = [row.previousElementSibling?.dataset.id, row.nextElementSibling?.dataset.id];
    const response = await ask(grid.table.dataset.move, "POST", { muc: row.dataset.id, sau: above ?? null, truoc: below ?? null }).catch(() => null);
    const done = response?.ok && (await response.json());
    if (!done) return await reload(), tell(response?.status === 409 ? await response.text() : say("failed"));
    row.dataset.v = done.v;
    remember("undo", { batch: done.batch, what: say("move") });
    tell(say("moved", { n: all("tr[data-id]", row.parentElement).indexOf(row) + 1, all: mates.length }));
  };
  const shift = (down) => {
    const row = rowOf(grid.at.id);
    const mate = down ? row.nextElementSibling : row.previousElementSibling;
    if (!mate?.dataset.id) return tell(say("edge"));
    place(row, down ? mate.nextElementSibling : mate).then(() => active()?.focus());
  };
  const drag = (event) => {
    const grip = event.target.closest?.(".grip");
    if (!grip || event.button) return;
    event.preventDefault();
    const row = grip.closest("tr");
    let to; // the row before which it would stand; null: at the end of its group
    grip.setPointerCapture(event.pointerId);
    row.classList.add("is-dragged");
    const unmark = () => all(".drop-above, .drop-below", grid.table).forEach((one) => one.classList.remove("drop-above", "drop-below"));
    const over = (moved) => {
      if (moved.clientY < 140) scrollBy(0, -20);
      if (moved.clientY > innerHeight - 80) scrollBy(0, 20);
      const other = document.elementFromPoint(row.getBoundingClientRect().left + 60, moved.clientY)?.closest("tr[data-id]");
      if (!other || other.parentElement !== row.parentElement) return;
      unmark();
      const box = other.getBoundingClientRect();
      const below = moved.clientY > box.top + box.height / 2;
      to = below ? other.nextElementSibling : other;
      if (other !== row) other.classList.add(below ? "drop-below" : "drop-above");
    };
    const end = (ended) => {
      grip.removeEventListener("pointermove", over);
      row.classList.remove("is-dragged");
      unmark();
      if (ended.type === "pointerup" && to !== undefined && to !== row && to !== row.nextElementSibling) place(row, to);
    };
    grip.addEventListener("pointermove", over);
    grip.addEventListener("pointerup", end, { once: true });
    grip.addEventListener("pointercancel", end, { once: true });
  };
  const picked = () => all("input[name=chon]:checked", grid.table).map((box) => box.value);
  const choose = () => {
    const n = picked().length;
    const bar = $("#chon");
    if (!bar) return;
    bar.classList.toggle("is-open", n > 0);
    $("#da-chon").textContent = say("chosen", { n });
    for (const row of rows()) row.classList.toggle("is-chosen", $("input[name=chon]", row)?.checked ?? false);
  };

  const setTogether = () => {
    const [field, value] = [$("#dat-gi").value, $("#dat-chu").value.trim()];
    if (!value) return tell(say("set_what")), $("#dat-chu").focus();
    const keys = picked();
    grid.queue.put(keys.map((id) => ({ action: id, field, words: value, version: Number(rowOf(id).dataset.v) })), say("together", { n: keys.length }));
    for (const id of keys) if (colOf(field) >= 0) show(cellAt(rowOf(id), colOf(field)), value);
  };

  // --- taking back, and taking back the taking back
  const stack = () => JSON.parse(sessionStorage.getItem(`caitien-lai:${grid.table.dataset.plan}`) ?? '{"undo":[],"redo":[]}');
  const keep = (stacks) => {
    sessionStorage.setItem(`caitien-lai:${grid.table.dataset.plan}`, JSON.stringify(stacks));
    const button = $("#hoan-tac");
    const last = stacks.undo.at(-1);
    button.hidden = !last;
    $("span", button).textContent = last ? say("undo", { what: last.what }) : "";
  };
  const remember = (name, entry) => {
    const stacks = stack();
    stacks[name] = [...stacks[name], entry].slice(-100);
    if (name === "undo") stacks.redo = [];
    keep(stacks);
  };
  let turn = Promise.resolve(); // pressed twice, it goes back twice, one after the other
  const back = (from, to) => (turn = turn.then(() => takeBack(from, to)));
  const takeBack = async (from, to) => {
    const stacks = stack();
    const last = stacks[from].at(-1);
    if (!last) return tell(say("nothing"));
    if (grid.queue.all().some((one) => !one.held)) return tell(say("wait_undo"));
    const response = await ask(grid.table.dataset.undo.replace("00000000-0000-0000-0000-000000000000", last.batch), "POST").catch(() => null);
    if (!response || (!response.ok && response.status !== 404 && response.status !== 409)) return tell(say("failed"));
    const done = response.ok ? await response.json() : { say: response.status === 409 ? await response.text() : say("nothing") };
    stacks[from].pop();
    if (done.batch) stacks[to].push({ batch: done.batch, what: last.what });
    keep(stacks);
    await reload();
    tell(done.kept || !done.batch ? done.say : say(to === "redo" ? "undone" : "redone", { what: last.what }));
  };

  return { adding, add, remove, shift, drag, picked, choose, setTogether, remember, keep, stack, back };
};
