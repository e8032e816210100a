// A table of school data filled in like a spreadsheet: its cells are real inputs; what is written goes through the grid's queue.

import { fromHtml, fromText, toHtml, toText } from "./grid-clip.js";
import { Queue, ask } from "./grid-queue.js";

const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (name, text = "", css = "", more = {}) => Object.assign(document.createElement(name), { textContent: text, className: css, ...more });

const form = $("#so-lieu");
const table = $("#bang-so");
const words = JSON.parse(form.dataset.words);
const HEAD = { "#source": $("#nguon"), "#as-of": $("#den-ngay") };
const NOBODY = "00000000-0000-0000-0000-000000000000";
let version = Number($("input[name=version]", form).value);
let mode = "move"; // "move": arrows go from cell to cell; "edit": they go inside the words (after F2, a second click)
let anchor = null; // where a range began
let leaving = false; // Escape, then Tab: out of the table
let fresh = false; // the cell was just entered: what is typed replaces what is there

const say = (name, values = {}) => (words[name] ?? name).replace(/{(\w+)}/g, (_, key) => values[key] ?? "");
/** What a gesture did; it stays in sight beside the state of saving for a while. */
const tell = (text, stays = 5000) => {
  tell.gesture = text;
  tell.until = Date.now() + stays;
  $("#luu").textContent = text;
};
const stateIs = (text, more) => {
  const gesture = Date.now() < (tell.until ?? 0) ? tell.gesture : "";
  $("#luu").replaceChildren([gesture, text].filter(Boolean).join(" "));
  if (more) $("#luu").append(" ", more);
};

// --- what is where
const grid = all("tbody tr", table).map((row) => all(".sheet-input", row));
const inputs = new Map(all("td[data-o]", table).map((cell) => [cell.dataset.o, $(".sheet-input", cell)]));
const inputOf = (key) => inputs.get(key) ?? HEAD[key];
const keyOf = (input) => input.dataset.o ?? input.closest("[data-o]").dataset.o;
const placeOf = (input) => {
  for (const [row, cells] of grid.entries()) if (cells.includes(input)) return { row, col: cells.indexOf(input) };
  return null;
};
const active = () => (document.activeElement?.matches?.(".sheet-input") ? document.activeElement : null);
const shown = (input) => input.value || input.placeholder || "";
const isFree = (input) => input.value.trim() === input.dataset.w; // nothing typed that is not sent
for (const input of [...inputs.values(), ...Object.values(HEAD)]) input.dataset.w = input.value.trim();
const labelOf = (input) => input.getAttribute("aria-label") ?? input.labels?.[0]?.textContent ?? "";

// --- the active cell, the range
const go = (input, { keep = false } = {}) => {
  if (!input) return;
  const from = keep ? (anchor ?? active()) : null;
  mode = "move";
  input.focus({ preventScroll: false });
  anchor = from;
  if (input.select) input.select();
  fresh = true;
  mark();
};
const block = () => {
  const at = active() && placeOf(active());
  if (!at) return [];
  const from = (anchor && placeOf(anchor)) ?? at;
  const [top, bottom] = [from.row, at.row].sort((a, b) => a - b);
  const [left, right] = [from.col, at.col].sort((a, b) => a - b);
  return grid.slice(top, bottom + 1).map((cells) => cells.slice(left, right + 1));
};
const mark = () => {
  for (const cell of all(".is-in", table)) cell.classList.remove("is-in");
  const cells = block().flat();
  if (cells.length > 1) for (const input of cells) input.closest("td").classList.add("is-in");
};
const step = (input, down, over, { far = false, keep = false } = {}) => {
  const { row, col } = placeOf(input);
  const to = far && down ? (down > 0 ? grid.length - 1 : 0) : Math.min(Math.max(row + down, 0), grid.length - 1);
  const last = grid[to].length - 1;
  const across = far && over ? (over > 0 ? last : 0) : Math.min(Math.max(col + over, 0), last);
  go(grid[to][across], { keep });
};

// --- words into cells
const setValue = (input, value) => {
  if (input.matches("select")) {
    const same = (one) => one.value.toLocaleLowerCase("vi") === value.toLocaleLowerCase("vi");
    const found = [...input.options].find(same) ?? input.appendChild(make("option", value));
    input.value = found.value;
  } else input.value = value;
};
const hold = (input, state) => {
  const cell = input.closest("td");
  cell?.classList.remove("is-pending", "is-held");
  if (!state) return;
  cell?.classList.add(state);
  const note = cell && $(".sheet-note", cell);
  if (note && !$(".unsaved", note)) note.append(make("span", say("not_saved"), "unsaved"));
};
const write = (changes, what) => {
  const cells = changes.filter(({ input, value }) => input.dataset.w !== value);
  if (!cells.length) return 0;
  for (const { input, value } of cells) {
    setValue(input, value);
    input.dataset.w = value;
    hold(input, "is-pending");
  }
  queue.put(cells.map(({ input, value }) => ({ action: form.dataset.table, field: keyOf(input), words: value, version })), what(cells.length));
  return cells.length;
};
const commit = (input) => input && write([{ input, value: input.value.trim() }], () => say("one", { cell: labelOf(input) }));

// --- what the server said
const show = (page) => {
  version = page.v;
  for (const [key, cell] of Object.entries(page.cells)) {
    const input = inputOf(key);
    if (!input || !isFree(input) || queue.find(form.dataset.table, key)) continue;
    const box = input.closest("td");
    const saved = box.matches(".is-pending, .is-held");
    const chosen = input === active() && mode === "move";
    if (input.value !== cell.w) setValue(input, cell.w);
    input.dataset.w = cell.w;
    if (!input.matches("select")) input.placeholder = cell.p;
    input.toggleAttribute("aria-invalid", cell.k.includes("is-wrong"));
    const note = $(".sheet-note", box);
    if (note.innerHTML !== cell.n) note.innerHTML = cell.n;
    box.className = cell.k + (box.classList.contains("is-in") ? " is-in" : "") + (saved ? " just-saved" : "");
    if (chosen && input.select) input.select();
  }
  for (const [key, value] of [["#source", page.source], ["#as-of", page.as_of]]) {
    const input = HEAD[key];
    if (!isFree(input) || queue.find(form.dataset.table, key) || input === document.activeElement) continue;
    input.value = input.dataset.w = value;
  }
  const open = $("#soat-so details")?.open;
  const holder = make("template");
  holder.innerHTML = page.findings;
  $("#soat-so").replaceWith(holder.content);
  if (open && $("#soat-so details")) $("#soat-so details").open = true;
};
const answered = (entry, answer, page, entries) => {
  if (entry) {
    if (answer.status !== "saved" && answer.status !== "same") askPerson({ ...entry, held: answer });
    return;
  }
  saved = page.at;
  if (page.batch) remember("undo", { batch: page.batch, what: entries[0].what });
  show(page);
};
let saved = "";
const said = (state, n) => {
  if (state === "done") {
    if (all(".is-pending", table).some((cell) => !queue.find(form.dataset.table, cell.dataset.o))) refresh();
    return stateIs(saved ? say("saved", { time: saved }) : say("ready"));
  }
  const link = state === "expired" && make("a", say("sign_in"), "link", { href: `${form.dataset.login}?next=${encodeURIComponent(location.pathname)}`, target: "_blank" });
  stateIs(say(state, { n }) + (queue.memory ? ` ${say("no_room")}` : ""), link);
};
const refresh = async () => {
  const response = await ask(form.dataset.o).catch(() => null);
  const page = response?.ok && (await response.json().catch(() => null));
  if (page) show(page);
};

// --- what a person has to decide
const quote = (label, text) => {
  const line = make("p", `${label}: `);
  line.append(make("span", text || say("empty"), "quote"));
  return line;
};
const panel = (key, parts, buttons, tone) => {
  $(`#hoi [data-key="${key}"]`)?.remove();
  const box = make("div", "", `alert alert-${tone}`);
  box.dataset.key = key;
  const line = box.appendChild(make("div", "", "grow stack-tight"));
  line.append(...parts);
  const row = line.appendChild(make("div", "", "row"));
  for (const [label, act] of buttons) row.append(make("button", label, "btn btn-sm btn-outline", { type: "button", onclick: () => (box.remove(), act()) }));
  $("#hoi").prepend(box);
};
const askPerson = (entry) => {
  const { held, id } = entry;
  const input = inputOf(entry.field);
  if (!input) return panel(id, [make("p", say("row_gone", { words: entry.words }))], [[say("drop"), () => queue.drop(id)]], "error");
  setValue(input, entry.words);
  input.dataset.w = entry.words;
  hold(input, "is-held");
  const drop = () => (queue.drop(id), hold(input), refresh());
  const where = make("p", labelOf(input), "strong");
  const mine = () => queue.put([{ action: entry.action, field: entry.field, words: entry.words, version: held.version, settled: true }], entry.what);
  if (held.status === "clash")
    return panel(
      id,
      [where, make("p", say("clash", { who: held.who || say("someone"), when: held.when })), quote(say("mine_is"), held.mine), quote(say("theirs_is"), held.theirs)],
      [[say("mine"), mine], [say("theirs"), drop]],
      "warning",
    );
  panel(id, [where, make("p", held.say), quote(say("not_saved"), entry.words)], [...(held.status === "error" ? [[say("retype"), () => go(input)]] : []), [say("drop"), drop]], "error");
};

// --- taking back, and taking back the taking back
const stackName = `caitien-lai:${form.dataset.store}`;
const stack = () => JSON.parse(sessionStorage.getItem(stackName) ?? '{"undo":[],"redo":[]}');
const keep = (stacks) => {
  sessionStorage.setItem(stackName, JSON.stringify(stacks));
  const last = stacks.undo.at(-1);
  $("#hoan-tac").hidden = !last;
  $("#hoan-tac span").textContent = last ? say("undo", { what: last.what }) : "";
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
  if (queue.all().some((one) => !one.held)) return tell(say("wait_undo"));
  const response = await ask(form.dataset.undo.replace(NOBODY, last.batch), "POST").catch(() => null);
  if (response?.status === 409) return tell(await response.text());
  const done = response?.ok && (await response.json().catch(() => null));
  if (!done) return tell(say("failed"));
  stacks[from].pop();
  if (done.batch) stacks[to].push({ batch: done.batch, what: last.what });
  keep(stacks);
  show(done);
  tell(done.kept || !done.batch ? done.say : say(to === "redo" ? "undone" : "redone", { what: last.what }));
};

// --- blocks: copy, cut, paste, fill down, clear
const clear = () => write(block().flat().map((input) => ({ input, value: "" })), (n) => say("clear", { n }));
const fill = () => {
  const cells = block();
  if (!cells.length) return;
  if (cells.length === 1) {
    const above = grid[placeOf(cells[0][0]).row - 1];
    if (!above) return;
    const { col } = placeOf(cells[0][0]);
    cells.unshift(above.slice(col, col + cells[0].length));
  }
  write(cells.slice(1).flatMap((row) => row.map((input, n) => ({ input, value: cells[0][n]?.value.trim() ?? "" }))), (n) => say("fill", { n }));
};
const inBlock = () => active() && (mode === "move" || block().flat().length > 1);
const copy = (event) => {
  if (!inBlock() || active() !== event.target) return;
  const cells = block().map((row) => row.map(shown));
  const part = active().selectionStart !== undefined && window.getSelection().toString();
  if (cells.flat().length === 1 && part && part !== shown(active())) return; // some letters of one cell
  event.preventDefault();
  event.clipboardData.setData("text/plain", toText(cells));
  event.clipboardData.setData("text/html", toHtml(cells));
  tell(say("copied", { n: cells.flat().length }));
  if (event.type === "cut") clear();
};
const paste = (event) => {
  if (!active() || active() !== event.target) return;
  const html = event.clipboardData.getData("text/html");
  const text = event.clipboardData.getData("text/plain");
  const given = (html && fromHtml(html)) || fromText(text);
  const single = given.length === 1 && given[0].length === 1;
  if (single && !inBlock()) return; // into the words of one cell
  event.preventDefault();
  const cells = block();
  const { row, col } = placeOf(cells[0][0]);
  const changes = [];
  let outside = 0;
  const height = single ? cells.length : given.length;
  for (let down = 0; down < height; down += 1)
    for (let over = 0; over < (single ? cells[0].length : given[down].length); over += 1) {
      const input = grid[row + down]?.[col + over];
      const value = (single ? given[0][0] : given[down][over]).trim();
      if (!input) outside += value ? 1 : 0;
      else if (input.value.trim() !== value && !(input.placeholder && value === input.placeholder)) changes.push({ input, value });
    }
  const over = changes.filter(({ input }) => input.value).length;
  const done = write(changes, (n) => say("paste", { n }));
  tell([say("pasted", { n: done }), over && say("over", { n: over }), outside && say("outside", { n: outside })].filter(Boolean).join(" "), 12_000);
  go(cells[0][0]);
};

// --- keys
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const beside = (input, over) => {
  const list = grid.flat();
  return list[list.indexOf(input) + over];
};
const pressed = (event) => {
  const input = active();
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (!input || event.isComposing) {
    if (event.key === "Enter" && event.target.matches?.("#nguon, #den-ngay")) event.preventDefault(), event.target.blur();
    if (control && ["z", "y"].includes(key) && !event.target.matches?.("input, select, textarea")) event.preventDefault(), key === "y" || event.shiftKey ? back("redo", "undo") : back("undo", "redo");
    return;
  }
  const act = () => {
    if (event.altKey) return null;
    if (event.key === "Escape") {
      if (mode === "move" && isFree(input)) return () => ((leaving = true), (anchor = null), mark());
      return () => (setValue(input, input.dataset.w), go(input));
    }
    if (event.key === "Enter") return () => (commit(input), step(input, event.shiftKey ? -1 : 1, 0));
    if (event.key === "Tab") {
      const next = !leaving && beside(input, event.shiftKey ? -1 : 1);
      return next && (() => (commit(input), go(next)));
    }
    if (event.key === "F2") return () => ((mode = "edit"), (fresh = false), input.setSelectionRange?.(input.value.length, input.value.length));
    const moves = mode === "move" || !["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key);
    if (ARROWS[event.key] && moves) return () => (commit(input), step(input, ...ARROWS[event.key], { far: control, keep: event.shiftKey }));
    if (mode === "move" && event.key === "Home") return () => (commit(input), control && step(input, -1, 0, { far: true }), step(active(), 0, -1, { far: true, keep: event.shiftKey }));
    if (mode === "move" && event.key === "End") return () => (commit(input), control && step(input, 1, 0, { far: true }), step(active(), 0, 1, { far: true, keep: event.shiftKey }));
    if (event.key === "PageUp" || event.key === "PageDown") return () => (commit(input), step(input, event.key === "PageUp" ? -10 : 10, 0, { keep: event.shiftKey }));
    if (mode === "move" && fresh && ["Delete", "Backspace"].includes(event.key)) return () => (clear(), go(input, { keep: true }));
    if (control && key === "d") return fill;
    if (control && key === "z" && isFree(input)) return () => (event.shiftKey ? back("redo", "undo") : back("undo", "redo"));
    if (control && key === "y") return () => back("redo", "undo");
    if (control && key === "a" && mode === "move") return () => ((anchor = grid[0][0]), grid.at(-1).at(-1).focus(), (anchor = grid[0][0]), mark());
    return null;
  };
  const found = act();
  if (event.key !== "Escape") leaving = false;
  if (found) event.preventDefault(), found();
  else if (!control && !event.altKey && event.key.length === 1) {
    if (fresh && block().flat().length > 1) (anchor = null), mark();
    fresh = false;
  }
};

// --- the pointer
let selecting = false;
const pointed = (event) => {
  const input = event.target.closest?.(".sheet-input");
  if (!input || event.button || event.pointerType === "touch") return;
  if (event.shiftKey && active()) {
    event.preventDefault();
    commit(active());
    return go(input, { keep: true });
  }
  if (input === active()) return void ((mode = "edit"), (fresh = false)); // a second click: into the words
  anchor = null;
  selecting = input;
};
const pointedOver = (event) => {
  const input = selecting && event.target.closest?.(".sheet-input");
  if (input && input !== active()) (anchor ??= selecting), go(input, { keep: true });
};
const entered = (event) => {
  const input = event.target.closest?.(".sheet-input");
  if (!input) return;
  mode = "move";
  fresh = true;
  if (!selecting || selecting === input) anchor = null;
  requestAnimationFrame(() => document.activeElement === input && mode === "move" && fresh && input.select?.());
  mark();
};

// --- beginning
const queue = new Queue({ plan: `so-lieu:${form.dataset.store}`, user: form.dataset.user, url: () => form.dataset.o, answered, said });
form.removeAttribute("method"); // words are kept by the queue, not by kept-words.js
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", pressed);
document.addEventListener("copy", copy);
document.addEventListener("cut", copy);
document.addEventListener("paste", paste);
table.addEventListener("pointerdown", pointed);
table.addEventListener("pointerover", pointedOver);
document.addEventListener("pointerup", () => (selecting = false));
table.addEventListener("focusin", entered);
form.addEventListener("change", (event) => event.target.matches(".sheet-input, #nguon, #den-ngay") && commit(event.target));
document.addEventListener("visibilitychange", () => document.hidden || refresh());
$("#hoan-tac").addEventListener("click", () => back("undo", "redo"));
form.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#o-']");
  const input = link && document.getElementById(link.hash.slice(1));
  if (!input) return;
  event.preventDefault();
  go(input);
});
addEventListener("pagehide", () => {
  commit(document.activeElement?.matches?.(".sheet-input, #nguon, #den-ngay") ? document.activeElement : null);
  queue.leave();
});
keep(stack());
for (const entry of queue.all()) {
  const input = inputOf(entry.field);
  if (entry.held) askPerson(entry);
  else if (input) (setValue(input, entry.words), (input.dataset.w = entry.words), hold(input, "is-pending"));
}
const newest = $(".sheet-frame[data-newest]");
if (newest) newest.scrollLeft = newest.scrollWidth;
if (location.hash.startsWith("#o-")) go(document.getElementById(location.hash.slice(1)));
queue.now();
