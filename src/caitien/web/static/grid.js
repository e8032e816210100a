// The table of the plan as a grid: keys, editing in place, blocks of cells, rows. What is written goes through the queue.

import { blockWork } from "./grid-clip.js";
import { Queue, ask } from "./grid-queue.js";
import { rowWork } from "./grid-rows.js";

const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const wide = matchMedia("(min-width: 48rem)"); // below it an action is a card, edited on its page
const CHOICES = "progress_status";
const PROPOSED = { progress_status: "statuses", criteria: "criteria", responsible: "people", collaborators: "people", funding_sources: "sources" };
const FOLDED = ["responsible", "collaborators", "funding_sources"]; // written on one line, parted by ";"

let table, words, queue, suggestions;
let at = null; // {id, col}: the active cell
let anchor = null; // where a range began
let editor = null;
let been = false; // somebody has been in the grid: what is added stands below the active row
let leaving = false; // Escape, then Tab: out of the grid

const say = (name, values = {}) => (words[name] ?? name).replace(/{(\w+)}/g, (_, key) => values[key] ?? "");
const tell = (text, more, stays = 5000) => {
  const line = $("#luu");
  tell.until = Date.now() + stays; // what was just said is not at once talked over by "saved"
  line.textContent = text;
  if (more) line.append(" ", more);
};
const make = (name, text = "", css = "", more = {}) => Object.assign(document.createElement(name), { textContent: text, className: css, ...more });

// --- what is where
const rows = () => all("tr[data-id]", table);
const heads = () => all("thead th[data-c]", table);
const first = () => ($("thead th.pick", table) ? 1 : 0);
const rowOf = (id) => $(`tr[data-id="${id}"]`, table);
const cellAt = (row, col) => row?.cells[col + first()];
const placeOf = (cell) => ({ id: cell.parentElement.dataset.id, col: cell.cellIndex - first() });
const headOf = (cell) => heads()[cell.cellIndex - first()];
const fieldOf = (cell) => headOf(cell)?.dataset.f;
const colOf = (field) => heads().findIndex((head) => head.dataset.f === field);
const active = () => at && cellAt(rowOf(at.id), at.col);
const raw = (cell) => cell.dataset.w ?? $(".w", cell)?.textContent ?? "";
const spoken = (field, value) => (field === CHOICES ? (choices().find(([name]) => name === value)?.[1] ?? value) : value);
const choices = () => JSON.parse(table.dataset.choices);
const nameOf = (row) => `${row.cells[first()].textContent.trim()} ${$("th .w", row).textContent.slice(0, 60)}`.trim();
const why = (cell) => {
  const head = headOf(cell);
  if (!head?.dataset.f) return say("read_only");
  if (head.dataset.ro !== undefined) return say(table.dataset.mode === "reported" ? "locked" : "read_only");
  return cell.dataset.sum === undefined ? "" : say("sums");
};

// --- the active cell, the range
const go = (cell, { keep = false } = {}) => {
  if (!cell) return;
  active()?.setAttribute("tabindex", "-1");
  been = true;
  at = placeOf(cell);
  if (!keep) anchor = at;
  cell.tabIndex = 0;
  cell.focus();
  mark();
};
const range = () => {
  const order = rows().map((row) => row.dataset.id);
  const [top, bottom] = [order.indexOf(anchor.id), order.indexOf(at.id)].sort((a, b) => a - b);
  const [left, right] = [anchor.col, at.col].sort((a, b) => a - b);
  return { top: Math.max(top, 0), bottom, left, right };
};
const block = () => {
  const { top, bottom, left, right } = range();
  return rows().slice(top, bottom + 1).map((row) => Array.from({ length: right - left + 1 }, (_, n) => cellAt(row, left + n)));
};
const mark = () => {
  for (const cell of all(".is-in", table)) cell.classList.remove("is-in"), cell.removeAttribute("aria-selected");
  const cells = block().flat();
  if (cells.length > 1) for (const cell of cells) cell.classList.add("is-in"), cell.setAttribute("aria-selected", "true");
};
const step = (down, over, { far = false, keep = false } = {}) => {
  const list = rows();
  const last = heads().length - 1;
  const row = list.findIndex((one) => one.dataset.id === at.id);
  const to = far && down ? (down > 0 ? list.length - 1 : 0) : Math.min(Math.max(row + down, 0), list.length - 1);
  const col = far && over ? (over > 0 ? last : 0) : Math.min(Math.max(at.col + over, 0), last);
  go(cellAt(list[to], col), { keep });
};
/** The next cell as Tab goes; null at either end of the grid, where Tab leaves it. */
const beside = (back) => {
  const cells = rows().flatMap((row) => [...row.cells].slice(first()));
  return cells[cells.indexOf(active()) + (back ? -1 : 1)];
};

// --- words into cells
const show = (cell, value, state = "is-pending") => {
  const field = fieldOf(cell);
  const text = spoken(field, value);
  const holder = cell.matches("th") ? $("a.w", cell) : make("span", "", "w");
  holder.textContent = text;
  $(".unsaved", cell)?.remove();
  if (!cell.matches("th")) cell.replaceChildren(holder);
  cell.dataset.w = value;
  cell.classList.remove("is-empty", "is-pending", "is-held");
  cell.classList.add(state);
  cell.append(make("span", ` ${say("not_saved")}`, "unsaved"));
};
const write = (changes, what) => {
  const cells = changes.filter(({ cell, value }) => !why(cell) && raw(cell) !== value);
  if (!cells.length) return 0;
  queue.put(
    cells.map(({ cell, value }) => ({ action: cell.parentElement.dataset.id, field: fieldOf(cell), words: value, version: Number(cell.parentElement.dataset.v) })),
    what(cells.length),
  );
  for (const { cell, value } of cells) show(cell, value);
  return cells.length;
};
const many = (name) => (n) => say(n === 1 && name === "many" ? "one" : name, { n, column: headOf(active()).textContent.trim() });

// --- editing in place
const edit = (cell, begin = null) => {
  const reason = why(cell);
  if (reason) return tell(reason);
  const field = fieldOf(cell);
  const before = raw(cell);
  let box;
  if (field === CHOICES) {
    box = make("select", "", "cell-editor");
    for (const [value, label] of choices()) box.append(make("option", label, "", { value, selected: value === before }));
  } else if (PROPOSED[field]) {
    box = make("input", "", "cell-editor", { value: FOLDED.includes(field) ? before.replaceAll("\n", "; ") : before, autocomplete: "off" });
    box.setAttribute("list", "de-nghi");
    propose(field, box);
  } else box = make("textarea", "", "cell-editor", { value: before });
  if (begin !== null && field !== CHOICES) box.value = begin;
  box.setAttribute("aria-label", `${headOf(cell).textContent.trim()}, ${nameOf(cell.parentElement)}`);
  editor = { cell, box, before, field };
  cell.append(box);
  cell.classList.add("is-edited");
  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${Math.max(box.scrollHeight + 2, cell.offsetHeight)}px`;
  };
  if (box.matches("textarea")) box.addEventListener("input", grow), grow();
  // not when one only looks into another window, to copy something from there
  box.addEventListener("blur", () => setTimeout(() => editor?.box === box && document.hasFocus() && document.activeElement !== box && finish(true)));
  box.focus();
  if (begin === null && box.setSelectionRange) box.setSelectionRange(box.value.length, box.value.length);
};
const finish = (keep, then = null) => {
  if (!editor) return;
  const { cell, box, before, field } = editor;
  editor = null;
  const value = field === CHOICES ? box.value : box.value.replace(/\s+$/, "");
  box.remove();
  cell.classList.remove("is-edited");
  const same = value === before || (FOLDED.includes(field) && value === before.replaceAll("\n", "; "));
  if (keep && !same) write([{ cell, value }], () => say("one", { column: headOf(cell).textContent.trim() }));
  if (then) then();
  else if (document.activeElement === document.body) go(cell);
  if (reload.asked) reload();
};
const propose = async (field, box) => {
  const list = $("#de-nghi") ?? document.body.appendChild(make("datalist", "", "", { id: "de-nghi" }));
  suggestions ??= ask(`${table.dataset.o}?goi-y`).then((response) => response.json()).catch(() => (suggestions = null));
  const found = field === CHOICES ? choices().slice(1).map(([, label]) => label) : ((await suggestions)?.[PROPOSED[field]] ?? []);
  const fill = () => {
    const kept = box.value.includes(";") && field !== "criteria" ? `${box.value.slice(0, box.value.lastIndexOf(";") + 1)} ` : "";
    list.replaceChildren(...found.map((one) => (Array.isArray(one) ? make("option", `${one[0]} ${one[1]}`, "", { value: one[0] }) : make("option", "", "", { value: kept + one }))));
  };
  fill();
  box.oninput = fill;
};

// --- what the server said
const renew = (id, { v, cells }) => {
  const row = rowOf(id);
  if (!row) return;
  row.dataset.v = v;
  const held = document.activeElement?.closest?.("td, th");
  heads().forEach((head, col) => {
    const old = cellAt(row, col);
    if (!cells[head.dataset.c] || editor?.cell === old || queue.find(id, head.dataset.f)) return;
    const holder = make("template");
    holder.innerHTML = `<table><tbody><tr>${cells[head.dataset.c]}</tr></tbody></table>`;
    const fresh = holder.content.querySelector("td, th");
    const findings = $(".f", old);
    if (findings && !$(".f", fresh)) fresh.append(findings);
    if (old.matches(".is-pending, .is-held")) fresh.classList.add("just-saved");
    const here = held === old;
    if (!here && old.textContent === fresh.textContent && !old.matches(".is-pending")) return;
    old.replaceWith(fresh);
    dress(fresh);
    if (at?.id === id && at.col === col) fresh.tabIndex = 0;
    if (here) fresh.focus({ preventScroll: true });
  });
};
const answered = (entry, answer, page, entries) => {
  if (!entry) {
    for (const [id, row] of Object.entries(page.rows)) renew(id, row);
    swap("#tinh-hinh", page.chips);
    if (page.batch) remember("undo", { batch: page.batch, what: entries[0].what });
    saved = page.at;
    clearTimeout(refresh.timer);
    refresh.timer = setTimeout(refresh, 1500);
    return;
  }
  if (answer.status !== "saved" && answer.status !== "same") hold({ ...entry, held: answer });
  else if (answer.doubt) doubt(entry, answer);
};
let saved = "";
const said = (state, n) => {
  const sentElsewhere = all("#luoi .is-pending, #luoi .is-held").some((cell) => !queue.find(cell.parentElement.dataset.id, fieldOf(cell)));
  if (sentElsewhere && !editor) reload(); // another tab had what this one was waiting for
  if (state === "done" && !wide.matches) return tell("", null, 0);
  if (state === "done") return Date.now() > (tell.until ?? 0) && tell(saved ? say("saved", { time: saved }) : say("ready"), null, 0);
  const link = state === "expired" && make("a", say("sign_in"), "link", { href: `${table.dataset.login}?next=${encodeURIComponent(location.pathname + location.search)}`, target: "_blank" });
  tell(say(state, { n }) + (queue.memory ? ` ${say("no_room")}` : ""), link, 0);
};
const swap = (selector, html) => {
  const holder = make("template");
  holder.innerHTML = html;
  $(selector)?.replaceWith(holder.content.querySelector(selector));
};

// --- what a person has to decide: a panel above the table for each cell
const panel = (key, text, buttons, tone = "warning") => {
  $(`#hoi [data-key="${key}"]`)?.remove();
  const box = make("div", "", `alert alert-${tone}`);
  box.dataset.key = key;
  const line = box.appendChild(make("div", "", "grow stack-tight"));
  line.append(...[text].flat());
  const row = line.appendChild(make("div", "", "row"));
  for (const [label, act] of buttons)
    row.append(make("button", label, "btn btn-sm btn-outline", { type: "button", onclick: () => (box.remove(), act?.(), editor || active()?.focus()) }));
  $("#hoi").prepend(box);
  return box;
};
const whereOf = ({ action, field }) => {
  const row = rowOf(action);
  return make("p", row ? `${heads()[colOf(field)]?.textContent.trim() ?? ""} · ${nameOf(row)}` : "", "strong");
};
const quote = (label, text) => {
  const line = make("p", `${label}: `);
  line.append(make("span", text || say("empty"), "quote pre"));
  return line;
};
const settleAs = (entry, value) => queue.put([{ action: entry.action, field: entry.field, words: value, version: entry.held.version, settled: true }], entry.what);
const hold = (entry) => {
  const { held, id } = entry;
  const cell = cellAt(rowOf(entry.action), colOf(entry.field));
  if (cell && fieldOf(cell) === entry.field) show(cell, entry.words, "is-held");
  const drop = () => (queue.drop(id), reload());
  if (held.status === "clash") {
    const text = [whereOf(entry), say("clash", { who: held.who || say("someone"), when: held.when }), quote(say("mine_is"), held.mine), quote(say("theirs_is"), held.theirs)];
    const buttons = [[say("mine"), () => settleAs(entry, entry.words)], [say("theirs"), drop]];
    if (held.joinable) buttons.push([say("both"), () => settleAs(entry, `${held.raw}\n${entry.words}`)]);
    return panel(id, text, buttons);
  }
  if (held.status === "gone") return panel(id, say("row_gone", { words: entry.words }), [[say("drop"), drop]], "error");
  const again = () => cell && (go(cellAt(rowOf(entry.action), colOf(entry.field))), edit(active()));
  return panel(id, [whereOf(entry), held.say, quote(say("not_saved"), entry.words)], held.status === "error" && cell ? [[say("retype"), again], [say("drop"), drop]] : [[say("drop"), drop]], "error");
};
const doubt = (entry, answer) => {
  const use = answer.doubt.use;
  const change = () => write([{ cell: cellAt(rowOf(entry.action), colOf(entry.field)), value: use }], () => entry.what);
  panel(`${entry.action}${entry.field}`, [whereOf(entry), answer.doubt.say], [...(use ? [[say("use", { words: use }), change]] : []), [say("keep")]]);
};

// --- the page again: rows that came, went or moved, and what others wrote
const reload = async (more = "") => {
  const asked = new URLSearchParams(location.search);
  if (more) asked.set("moi", more);
  const response = await ask(`${location.pathname}?${asked}`, "GET", null, { Accept: "text/html", "HX-Request": "true" }).catch(() => null);
  if (!response?.ok) return false;
  const text = await response.text();
  reload.asked = Boolean(editor); // not under the hands of who is writing
  if (editor) return false;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  $("#hoi").replaceChildren();
  for (const id of ["bang", "tinh-hinh"]) if (fresh.getElementById(id)) $(`#${id}`).replaceWith(document.importNode(fresh.getElementById(id), true));
  start();
  return true;
};
const refresh = async () => {
  const response = await ask(table.dataset.o).catch(() => null);
  const page = response?.ok && (await response.json().catch(() => null));
  if (!page || editor) return;
  const here = rows();
  const other = here.some((row) => !page.rows[row.dataset.id] || String(page.rows[row.dataset.id][0]) !== row.dataset.v);
  if (other && !queue.all().some((one) => !one.held)) return reload();
  for (const row of here) {
    const [, findings] = page.rows[row.dataset.id] ?? [];
    const cell = $("th", row);
    $(".f", cell)?.remove();
    if (findings) cell.append(make("p", "", "f", { innerHTML: findings }));
  }
};

// --- blocks of cells, rows and undoing have files of their own; this is what they see of the grid
const grid = {
  get table() { return table; },
  get at() { return at; },
  set at(place) { anchor = at = place; },
  get queue() { return queue; },
  get editor() { return editor; },
  $, all, make, say, tell, panel, rows, heads, first, rowOf, cellAt, colOf, fieldOf, active, block, range, raw, spoken, why, go, edit, show, write, many,
  reload: (more) => reload(more),
};
const { clear, fill, copy, paste, inGrid } = blockWork(grid);
const { adding, add, remove, shift, drag, picked, choose, setTogether, remember, keep, stack, back } = rowWork(grid);

// --- keys
const KEYS = {
  ArrowUp: (far, shift) => step(-1, 0, { far, keep: shift }),
  ArrowDown: (far, shift) => step(1, 0, { far, keep: shift }),
  ArrowLeft: (far, shift) => step(0, -1, { far, keep: shift }),
  ArrowRight: (far, shift) => step(0, 1, { far, keep: shift }),
  Home: (far, shift) => (far && step(-1, 0, { far, keep: shift }), step(0, -1, { far: true, keep: shift })),
  End: (far, shift) => (far && step(1, 0, { far, keep: shift }), step(0, 1, { far: true, keep: shift })),
  PageUp: (far, shift) => step(-10, 0, { keep: shift }),
  PageDown: (far, shift) => step(10, 0, { keep: shift }),
  Enter: (far, shift) => (shift ? step(-1, 0) : edit(active())),
  F2: () => edit(active()),
  Delete: () => clear(),
  Backspace: () => clear(),
};
const whileEditing = (event) => {
  if (event.isComposing) return;
  if (event.key === "Escape") finish(false, () => go(editor?.cell ?? active()));
  else if (event.key === "Enter" && event.altKey && editor.box.matches("textarea")) editor.box.setRangeText("\n", editor.box.selectionStart, editor.box.selectionEnd, "end"), editor.box.dispatchEvent(new Event("input"));
  else if (event.key === "Enter" && !event.shiftKey) finish(true, () => (event.ctrlKey || event.metaKey ? add(at.id) : step(1, 0)));
  else if (event.key === "Tab") finish(true, () => go(beside(event.shiftKey) ?? active()));
  else return;
  event.preventDefault();
  event.stopPropagation();
};
const pressed = (event) => {
  if (adding.on) {
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) adding.typed += event.key; // meant for the new row
    return event.preventDefault();
  }
  if (event.key === "Enter" && event.target.id === "dat-chu") return event.preventDefault(), setTogether();
  if (!table || event.defaultPrevented) return;
  if (editor && event.target === editor.box) return whileEditing(event);
  const control = event.ctrlKey || event.metaKey;
  if (!inGrid(event) && !event.target.matches?.("#luoi input[name=chon]")) {
    const key = event.key.toLowerCase(); // on a button (after "Đặt" for many) or nowhere: it is the table that is meant
    if (!control || !["z", "y"].includes(key) || event.target.matches?.("input, textarea, select")) return;
    event.preventDefault();
    return key === "y" || event.shiftKey ? back("redo", "undo") : back("undo", "redo");
  }
  const whole = table.dataset.mode === "all";
  const act = () => {
    if (event.altKey) {
      if (event.key === "Enter") return () => location.assign($("a.w", rowOf(at.id)).href);
      return whole && (event.key === "ArrowUp" || event.key === "ArrowDown") && (() => shift(event.key === "ArrowDown"));
    }
    if (control && event.key === "Enter") return whole && (() => add(at.id));
    if (event.key === "Insert" && !event.shiftKey && !control) return whole && (() => add(at.id));
    if (control && event.key === "Delete") return whole && (() => remove(picked().includes(at.id) ? picked() : [at.id]));
    if (control && event.key === "/") return () => ($("#phim").open = true, $("#phim summary").focus());
    if (control && !event.key.startsWith("Arrow") && !["Home", "End"].includes(event.key)) {
      const key = event.key.toLowerCase();
      if (key === "d") return fill;
      if (key === "z" && !event.shiftKey) return () => back("undo", "redo");
      if (key === "y" || (key === "z" && event.shiftKey)) return () => back("redo", "undo");
      if (key === "a") return () => ((anchor = { id: rows()[0].dataset.id, col: 0 }), go(cellAt(rows().at(-1), heads().length - 1), { keep: true }));
      return null; // copy, cut and paste have events of their own
    }
    if (event.key === " " && event.shiftKey && whole) return () => $("input[name=chon]", rowOf(at.id))?.click();
    if (event.key === "Escape") return () => ((leaving = true), (anchor = at), mark());
    if (event.key === "Tab") return !leaving && beside(event.shiftKey) && (() => go(beside(event.shiftKey)));
    return KEYS[event.key] && (() => KEYS[event.key](control, event.shiftKey));
  };
  const found = act();
  if (event.key !== "Escape") leaving = false;
  if (found) event.preventDefault(), found();
  else if (!control && !event.altKey && (event.key.length === 1 || event.key === "Process")) edit(active(), "");
};

// --- the pointer
let selecting = false;
const pointed = (event) => {
  const cell = event.target.closest?.("#luoi tbody tr[data-id] > :is(td, th)");
  if (!cell || event.button || cell.matches(".pick") || event.target.closest(".open, .f a, .cell-editor")) return;
  if (event.pointerType === "touch") return;
  event.preventDefault();
  finish(true, () => null);
  go(cell, { keep: event.shiftKey && at });
  selecting = true;
};
const pointedOver = (event) => {
  const cell = selecting && event.target.closest?.("#luoi tbody tr[data-id] > :is(td, th)");
  if (cell && !cell.matches(".pick") && cell !== active()) go(cell, { keep: true });
};
const clicked = (event) => {
  const cell = table && event.target.closest?.("#luoi tbody tr[data-id] > :is(td, th)");
  if (!cell || !wide.matches || cell.matches(".pick") || event.target.closest(".open, .f a, .cell-editor")) return;
  if (event.ctrlKey || event.metaKey) return; // the words of an action open its page in another tab, as any link
  event.preventDefault();
  if (event.pointerType === "touch") cell === active() ? edit(cell) : go(cell);
};

// --- beginning
const dress = (cell) => {
  cell.tabIndex = -1;
  for (const link of all("a", cell)) link.tabIndex = -1;
  if (!cell.matches("th")) return;
  const open = make("a", "", "open", { href: $("a.w", cell).href, tabIndex: -1, title: say("open") });
  open.setAttribute("aria-label", say("open"));
  cell.prepend(open);
};
const start = () => {
  table = $("#luoi[data-mode]");
  editor = null;
  if (!table) return;
  words = JSON.parse(table.dataset.words);
  queue ??= new Queue({ plan: table.dataset.plan, user: table.dataset.user, url: () => table.dataset.o + location.search, answered, said });
  keep(stack());
  if (wide.matches) {
    table.setAttribute("role", "grid");
    if (table.dataset.mode === "reported") for (const head of heads()) if (head.dataset.ro !== undefined) for (const row of rows()) row.cells[head.cellIndex].setAttribute("aria-readonly", "true");
    for (const row of rows()) {
      for (const cell of [...row.cells].slice(first())) dress(cell);
      const box = $("input[name=chon]", row);
      if (box) {
        box.tabIndex = -1;
        if (table.dataset.sorted === undefined) box.before(make("span", "⠿", "grip", { title: say("drag"), ariaHidden: "true" }));
      }
    }
    if (!at || !rowOf(at.id)) anchor = at = rows()[0] && { id: rows()[0].dataset.id, col: 0 };
    else if (document.activeElement === document.body) go(active()); // not when one is writing in the filter
    if (at) active().tabIndex = 0;
  }
  for (const entry of queue.all()) {
    const cell = cellAt(rowOf(entry.action), colOf(entry.field));
    if (entry.held) hold(entry);
    else if (cell && fieldOf(cell) === entry.field) show(cell, entry.words);
  }
  queue.now();
  choose();
};

document.addEventListener("keydown", pressed);
document.addEventListener("copy", copy);
document.addEventListener("cut", copy);
document.addEventListener("paste", paste);
document.addEventListener("pointerdown", drag);
document.addEventListener("pointerdown", pointed);
document.addEventListener("pointerover", pointedOver);
document.addEventListener("pointerup", () => (selecting = false));
document.addEventListener("click", clicked, true);
document.addEventListener("dblclick", (event) => event.target.closest?.("#luoi tbody") && !editor && at && edit(active()));
document.addEventListener("change", (event) => event.target.matches("#luoi input[name=chon]") && choose());
document.addEventListener("focusin", (event) => event.target.id === "dat-chu" && propose($("#dat-gi").value, event.target));
document.addEventListener("reset", () => setTimeout(choose));
document.addEventListener("click", (event) => {
  if (event.target.closest("#hoan-tac")) back("undo", "redo");
  if (event.target.closest("#dat")) setTogether();
  const more = event.target.closest("#them-muc");
  if (more && table && wide.matches) event.preventDefault(), add(been ? at.id : null);
});
document.addEventListener("submit", (event) => {
  if (event.target.id !== "chon" || event.submitter?.value !== "bo" || !picked().length) return;
  event.preventDefault();
  remove(picked());
});
document.addEventListener("htmx:afterSwap", () => table !== $("#luoi[data-mode]") && start());
document.addEventListener("visibilitychange", () => (document.hidden || (table && refresh())));
addEventListener("pagehide", () => {
  finish(true);
  queue?.leave();
});
start();
