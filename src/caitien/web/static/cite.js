// Evidence cited while writing: "MC", "[" or "(" and some letters offer the school's evidence; choosing writes its code.

import { ask } from "./grid-queue.js";

const WAIT = 150; // milliseconds without a key before the server is asked
const CODE = /(?<![\p{L}\d.\-])((?:[mM][cC]|H\d)[\d.\-–]*)$/u;
const OPEN = /([[(])([^[\]()\n]{0,60})$/u;
const IS_CODE = /^\s*\[?(?:MC|H\d)[\d.\-–]+\]?\s*$/i;

/** What is being typed before the caret: {start, asked, sure, inside} or null. `sure`: nobody writes that by chance. */
export const begun = (before) => {
  const open = before.match(OPEN);
  if (open) {
    const parts = open[2].split(/[,;]/);
    const asked = parts.pop().trimStart();
    const inside = parts.length > 0 && parts.every((one) => IS_CODE.test(one));
    const start = inside ? before.length - asked.length : before.length - open[0].length;
    const code = CODE.test(asked);
    if ((!parts.length || inside) && (open[1] === "[" || /^[\p{L}\d]/u.test(asked) || inside))
      return { start, asked, sure: open[1] === "[" || code, inside };
  }
  const code = before.match(CODE);
  return code ? { start: before.length - code[1].length, asked: code[1], sure: true, inside: false } : null;
};

/** The words that cite a code, and how many letters after the caret they take the place of. `how`: opening, closing, each. */
export const citation = (code, at, before, after, how) => {
  const bare = code.replace(/^[[(]|[\])]$/g, "");
  if (at.inside) return { words: bare + (/^\s*[,;)\]]/.test(after) ? "" : how.closing), taken: 0 };
  const space = at.start > 0 && /[\p{L}\d,;:%]/u.test(before[at.start - 1]) ? " " : "";
  const taken = after.startsWith(how.closing) && /^[[(]/.test(before.slice(at.start)) ? how.closing.length : 0;
  return { words: `${space}${how.opening}${bare}${how.closing}`, taken };
};

const write = (area, start, end, text) => {
  area.focus();
  area.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, start, end, "end"); // so that Ctrl+Z knows it
  area.dispatchEvent(new Event("input", { bubbles: true }));
};

/** Writes a citation where the caret of a text is. */
export const insertAtCaret = (area, code, how) => {
  const at = area.selectionEnd;
  const before = area.value.slice(0, at);
  const { words, taken } = citation(code, { start: at, inside: false }, before, area.value.slice(at), how);
  write(area, at, at + taken, words);
};

export const cite = ({ areas, sheet, used }) => {
  const box = document.querySelector("[data-cite-box]");
  const list = box.querySelector("[data-cite-list]");
  const foot = box.querySelector("[data-cite-foot]");
  const spoken = document.querySelector("[data-cite-say]");
  const says = document.querySelector("[data-cite-words]").dataset;
  let area, at, found = [], active = -1, waiting, asked = 0, refused = -1;

  const close = () => {
    box.hidden = true;
    clearTimeout(waiting);
    asked++;
    area?.removeAttribute("aria-activedescendant");
    area?.removeAttribute("aria-controls");
  };

  const look = () => {
    const before = area.value.slice(0, area.selectionStart);
    at = area.selectionStart === area.selectionEnd ? begun(before) : null;
    if (!at || at.start === refused) return close();
    refused = -1;
    clearTimeout(waiting);
    const mine = ++asked;
    waiting = setTimeout(async () => {
      let sentence = "";
      try {
        const answer = await ask(`${sheet.cite}?q=${encodeURIComponent(at.asked)}`);
        if (!answer.ok) throw answer;
        const { results } = await answer.json();
        if (mine !== asked) return;
        found = results;
      } catch {
        if (mine !== asked) return;
        found = [];
        sentence = says.offline;
      }
      if (!found.length && !at.sure) return close();
      draw(sentence || (found.length ? says.count.replace("{n}", found.length) : says.none));
    }, WAIT);
  };

  const line = (name, text) => {
    const made = document.createElement("span");
    made.className = name;
    made.textContent = text;
    return made;
  };
  const draw = (sentence) => {
    list.replaceChildren(...found.map((one, place) => {
      const item = document.createElement("li");
      item.id = `chon-mc-${place}`;
      item.setAttribute("role", "option");
      item.dataset.place = place;
      item.append(line("mono strong", one.code || "—"), line("cite-name", one.name),
        line("muted small", [one.code ? "" : says.noCode, one.number, one.word, one.here === "used" ? says.here : ""].filter(Boolean).join(" · ")));
      return item;
    }));
    foot.replaceChildren();
    if (!found.length) foot.append(sentence, " ");
    if (sheet.upload) {
      const link = document.createElement("a");
      link.href = sheet.upload;
      link.textContent = says.new;
      foot.append(link);
    }
    spoken.textContent = sentence;
    box.hidden = false;
    area.setAttribute("aria-controls", list.id);
    mark(at.sure && found.length ? 0 : -1);
    place();
  };
  const mark = (which) => {
    active = which;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === which)));
    if (which < 0) return area.removeAttribute("aria-activedescendant");
    area.setAttribute("aria-activedescendant", list.children[which].id);
    list.children[which].scrollIntoView({ block: "nearest" });
  };

  /** Beneath the line of the caret, or above it where there is no room. */
  const place = () => {
    const mirror = document.createElement("div");
    const style = getComputedStyle(area);
    for (const name of ["font", "letterSpacing", "lineHeight", "padding", "border", "boxSizing", "width", "tabSize"]) mirror.style[name] = style[name];
    Object.assign(mirror.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word", top: "0", left: "0" });
    mirror.textContent = area.value.slice(0, at.start);
    const caret = document.createElement("span");
    caret.textContent = "​";
    mirror.append(caret);
    document.body.append(mirror);
    const field = area.getBoundingClientRect();
    const top = field.top + caret.offsetTop - area.scrollTop;
    const left = field.left + caret.offsetLeft;
    const height = parseFloat(style.lineHeight) || 24;
    mirror.remove();
    const view = window.visualViewport ?? { height: innerHeight, offsetTop: 0 };
    const width = Math.min(420, document.documentElement.clientWidth - 16);
    box.style.width = `${width}px`;
    box.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - width - 8)) + scrollX}px`;
    const under = top + height + 4;
    const above = under + box.offsetHeight > view.offsetTop + view.height && top - box.offsetHeight - 4 > view.offsetTop;
    box.style.top = `${(above ? top - box.offsetHeight - 4 : under) + scrollY}px`;
  };

  const choose = async (one) => {
    const target = area, where = at;
    close();
    let { code } = one;
    if (!code) {
      const sent = new FormData();
      sent.set("evidence", one.id);
      const answer = await ask(sheet.use, "POST", sent).catch(() => null);
      const said = answer?.ok ? await answer.json().catch(() => null) : null;
      if (!said?.evidence.code) return void (spoken.textContent = says.offline);
      code = said.evidence.code;
      used(said.parts);
    }
    const before = target.value.slice(0, target.selectionStart);
    const { words, taken } = citation(code, where, before, target.value.slice(target.selectionStart), sheet);
    write(target, where.start, target.selectionStart + taken, words);
    close();
  };

  for (const one of areas) {
    one.setAttribute("aria-autocomplete", "list");
    one.addEventListener("input", (event) => {
      area = one;
      if (event.isTrusted) look();
    });
    one.addEventListener("click", () => box.hidden || close());
    one.addEventListener("blur", () => setTimeout(() => document.activeElement !== one && !box.contains(document.activeElement) && close(), 150));
    one.addEventListener("keydown", (event) => {
      if (box.hidden || event.isComposing) return;
      const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (move && found.length) mark((active + move + found.length) % found.length);
      else if ((event.key === "Enter" || event.key === "Tab") && active >= 0) choose(found[active]);
      else if (event.key === "Escape") {
        refused = at.start;
        close();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the text keeps the focus, a phone its keyboard
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-place]");
    if (item) choose(found[Number(item.dataset.place)]);
  });
};
