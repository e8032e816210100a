// The sheet of a criterion: what is written is kept on this machine at once and saved after a pause. No word is lost.
// What waits goes through the queue of the plan's table (grid-queue.js): offline, signed out, restarted, two tabs.

import { Queue } from "./grid-queue.js";
import { cite, insertAtCaret } from "./cite.js";

const sheet = document.querySelector("[data-sheet]");
const words = document.querySelector("[data-state-words]").dataset;
const PAUSE = 1500; // milliseconds without a key before words are sent
const LONGEST_WAIT = 12_000; // so long at most, however long one writes
const KEPT_AFTER = 300; // milliseconds until words are in this machine's storage

class Words extends Queue {
  now() {
    if (!this.paused) super.now();
  }
}

/** What can be written: a text, or the judgement of a level. `version`: of its row when it was last seen; `base`: see words.py. */
const fields = new Map();
const keyOf = (row, field) => `${row} ${field}`;
for (const area of document.querySelectorAll("[data-words]")) {
  const box = area.closest(".field");
  fields.set(keyOf(area.dataset.row, area.dataset.field), {
    row: area.dataset.row, field: area.dataset.field, version: Number(area.dataset.version), base: null, area,
    line: box.querySelector("[data-saved]"), clash: box.querySelector("[data-clash]"), name: box.querySelector("label").textContent.trim(),
  });
}
for (const group of document.querySelectorAll("[data-judge]")) {
  const chosen = () => group.querySelector("input:checked")?.value ?? "";
  fields.set(keyOf(group.dataset.row, "judged"), {
    row: group.dataset.row, field: "judged", version: Number(group.dataset.version), base: null, group, chosen, saved: chosen(),
    error: group.querySelector("[data-judge-error]"), name: group.querySelector("legend").textContent.trim(),
  });
}

const queue = new Words({
  plan: `phieu-${sheet.dataset.sheet}`,
  user: sheet.dataset.user,
  url: () => sheet.dataset.url,
  answered: (sent, answer, all) => {
    if (sent) answered(fields.get(keyOf(sent.action, sent.field)), sent, answer, all);
    else putInPlace(all?.parts);
  },
  said: (state) => show(state),
});

// --- writing
let pause, since, keep;
const put = (one, value, more = {}) =>
  queue.put([{ action: one.row, field: one.field, words: value, version: one.version, ...(one.base === null ? {} : { base: one.base }), ...more }], one.name);
const keepNow = () => {
  clearTimeout(keep);
  for (const one of fields.values()) {
    const before = one.kept ?? one.area?.defaultValue;
    if (!one.area || one.area.value === before) continue;
    one.kept = one.area.value;
    put(one, one.area.value, { before }); // another tab may have sent it: what she goes on from is known all the same
  }
};
const sendNow = () => {
  clearTimeout(pause);
  since = undefined;
  keepNow();
  queue.paused = false;
  queue.now();
};
for (const one of fields.values()) {
  one.area?.addEventListener("input", () => {
    queue.paused = true;
    since ??= Date.now();
    clearTimeout(keep);
    keep = setTimeout(keepNow, KEPT_AFTER);
    clearTimeout(pause);
    pause = setTimeout(sendNow, Math.max(0, Math.min(PAUSE, since + LONGEST_WAIT - Date.now())));
    say(one, words.typing);
  });
  one.area?.addEventListener("blur", () => pause && sendNow());
  one.group?.addEventListener("change", () => {
    one.error.hidden = true;
    keepNow(); // the text goes first: "met" needs one
    put(one, one.chosen());
    sendNow();
  });
}
addEventListener("pagehide", () => {
  keepNow();
  queue.leave();
});
document.addEventListener("visibilitychange", () => document.hidden && keepNow());

// --- what the server said
const setArea = (one, value) => {
  const { selectionStart, selectionEnd } = one.area;
  one.area.value = one.area.defaultValue = one.kept = value;
  if (document.activeElement === one.area) one.area.setSelectionRange(selectionStart, selectionEnd);
};
const answered = (one, sent, answer, all) => {
  if (!one) return;
  if (answer.status === "saved" || answer.status === "same") return saved(one, sent, answer, all);
  if (one.group) {
    queue.drop(queue.find(one.row, one.field)?.id);
    one.saved = answer.words ?? one.saved;
    one.version = answer.version ?? one.version;
    for (const radio of one.group.querySelectorAll("input")) radio.checked = radio.value === one.saved;
    one.error.querySelector("span").textContent = answer.say ?? words.gone;
    one.error.hidden = false;
  } else if (answer.status === "clash") clashed(one, answer);
  else say(one, answer.say ?? words.gone, true);
};
const saved = (one, sent, answer, all) => {
  one.version = answer.version;
  one.at = all.at;
  one.base = null;
  one.note = answer.say ?? "";
  if (one.group) return void (one.saved = sent.words);
  one.clash.replaceChildren();
  one.area.defaultValue = sent.words;
  if (answer.words !== undefined) {
    if (one.area.value === sent.words) setArea(one, answer.words);
    else one.base = sent.words; // she went on writing: what she goes on from is her own text, not the joined one
  }
  const waiting = queue.find(one.row, one.field);
  if (waiting) queue.change(waiting.id, (entry) => ({ ...entry, base: one.base ?? undefined }));
};
const clashed = (one, answer) => {
  one.clash.innerHTML = answer.html; // made by the server, escaped there
  say(one, "");
  one.clash.onclick = (event) => {
    const choice = event.target.closest("[data-keep]")?.dataset.keep;
    if (!choice) return;
    one.version = answer.version;
    one.base = null;
    one.clash.replaceChildren();
    if (choice === "theirs") {
      queue.drop(queue.find(one.row, one.field)?.id);
      setArea(one, answer.raw);
      say(one, words.saved.replace("{time}", ""));
    } else {
      const value = choice === "both" ? [answer.raw, one.area.value].filter(Boolean).join("\n") : one.area.value;
      one.area.value = one.kept = value;
      put(one, value, { settled: true });
      sendNow();
    }
    one.area.focus();
  };
};

const say = (one, sentence, isError = false) => {
  if (!one.line) return;
  one.line.textContent = sentence;
  one.line.classList.toggle("is-error", isError);
};
const show = (state) => {
  for (const one of fields.values()) {
    const entry = queue.find(one.row, one.field);
    if (entry?.held) continue;
    if (entry) say(one, words[state] ?? words.saving, !["saving", "wait"].includes(state));
    else if (one.at && one.area?.value === one.area?.defaultValue) say(one, [one.note, words.saved.replace("{time}", one.at)].filter(Boolean).join(" "));
  }
};

// --- parts of the page that follow from the words
const putInPlace = (parts = {}) => {
  for (const [id, html] of Object.entries(parts)) {
    const old = document.getElementById(id);
    if (!old || old.contains(document.activeElement) || old.querySelector(".htmx-request")) continue; // somebody is in it, or an answer for it is on its way
    const open = [...old.querySelectorAll("details")].map((one) => one.open);
    old.outerHTML = html;
    const fresh = document.getElementById(id);
    fresh.querySelectorAll("details").forEach((one, place) => (one.open ||= open[place] ?? false));
    window.htmx?.process(fresh);
    ready(fresh);
  }
};
const ready = (root) => {
  for (const one of root.querySelectorAll("[data-insert], [data-replace], [data-cite-help]")) one.hidden = false;
};

// --- codes
let last = document.querySelector("textarea[data-field=description]");
document.addEventListener("focusin", (event) => event.target.matches("[data-words]") && (last = event.target));
document.addEventListener("click", (event) => {
  const insert = event.target.closest("[data-insert]");
  if (insert && last) insertAtCaret(last, insert.dataset.insert, sheet.dataset);
  const replace = event.target.closest("[data-replace]");
  const area = replace?.closest(".sheet-words")?.querySelector("[data-words]");
  if (area) {
    area.value = area.value.split(replace.dataset.replace).join(replace.dataset.by);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  }
});
cite({ areas: [...document.querySelectorAll("[data-words]")], sheet: sheet.dataset, used: putInPlace });
document.addEventListener("htmx:afterSwap", () => ready(document));
document.addEventListener("htmx:oobAfterSwap", () => ready(document));
ready(document);

// --- other forms of the page wait until the words are saved; the buttons of the texts save at once
const unsent = () => queue.all().some((one) => !one.held);
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.matches("[data-autosaved]")) {
    event.preventDefault();
    return sendNow();
  }
  if (!form.matches("[data-after-saving]") || form.dataset.saved) return;
  sendNow();
  if (!unsent()) return;
  event.preventDefault();
  const { submitter } = event;
  for (let tries = 0; tries < 80 && unsent(); tries++) await new Promise((done) => setTimeout(done, 100));
  if (unsent()) return; // the lines beneath the texts say why
  form.dataset.saved = "1";
  form.requestSubmit(submitter);
}, true);

// --- back on the page: what was not saved stands where it was written
for (const entry of queue.all()) {
  const one = fields.get(keyOf(entry.action, entry.field));
  if (!one) continue;
  one.version = entry.version;
  one.base = entry.base ?? null;
  if (one.group) for (const radio of one.group.querySelectorAll("input")) radio.checked = radio.value === entry.words;
  else {
    one.area.value = one.kept = entry.words;
    say(one, words.back);
    if (entry.held?.status === "clash") clashed(one, entry.held);
  }
}
queue.now();
