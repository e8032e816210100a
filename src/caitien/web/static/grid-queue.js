// What was written in the grid and is not saved yet: kept in this machine until the server has it. No word is lost.

const WAITS = [2, 5, 10, 30, 60]; // seconds before the next try
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

/** Asks the server as a script does. Throws when there is no network. */
export const ask = (url, method = "GET", body = null, more = {}) =>
  fetch(url, {
    method,
    body: body && !(body instanceof FormData) ? JSON.stringify(body) : body,
    headers: {
      Accept: "application/json",
      ...(method === "GET" ? {} : { "X-CSRFToken": token() }),
      ...(body && !(body instanceof FormData) ? { "Content-Type": "application/json" } : {}),
      ...more,
    },
    credentials: "same-origin",
    keepalive: typeof body === "object" && !(body instanceof FormData) && JSON.stringify(body ?? "").length < 50_000,
  });

/** A key for a new row: the time first, as the server makes them. */
export const newKey = () => {
  const time = Date.now().toString(16).padStart(12, "0");
  const rest = [...crypto.getRandomValues(new Uint8Array(10))].map((one) => one.toString(16).padStart(2, "0")).join("");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(1, 4)}-8${rest.slice(5, 8)}-${rest.slice(8, 20)}`;
};

export class Queue {
  /** `answered(entry, answer, all)`, `said(state, count)` are called as things happen. */
  constructor({ plan, user, url, answered, said }) {
    Object.assign(this, { user, url, answered, said, store: `caitien-luoi:${plan}`, tries: 0, busy: false });
    this.memory = null; // used when the browser refuses to keep anything
    addEventListener("online", () => this.now());
    addEventListener("focus", () => this.all().some((one) => !one.held) && this.now()); // signed in again in another tab
    addEventListener("storage", (event) => event.key === this.store && this.tell());
    addEventListener("beforeunload", (event) => this.memory?.length && event.preventDefault());
  }

  read() {
    if (this.memory) return this.memory;
    try {
      return JSON.parse(localStorage.getItem(this.store) ?? "[]");
    } catch {
      return [];
    }
  }

  write(entries) {
    try {
      if (!this.memory) {
        if (entries.length) localStorage.setItem(this.store, JSON.stringify(entries));
        else localStorage.removeItem(this.store);
        return;
      }
    } catch {
      // full, or forbidden: what is open in this tab is kept in this tab
    }
    this.memory = entries;
  }

  /** What waits of this user. */
  all() {
    return this.read().filter((one) => one.user === this.user);
  }

  others() {
    return this.read().filter((one) => one.user !== this.user).length;
  }

  find(action, field) {
    return this.all().find((one) => one.action === action && one.field === field);
  }

  /** Cells that were written together: [{action, field, words, version}]. `what`: how people call it, for undoing. */
  put(cells, what) {
    const entries = this.read();
    const together = newKey();
    for (const cell of cells) {
      const entry = entries.find((one) => one.user === this.user && one.action === cell.action && one.field === cell.field);
      const begun = entry && { version: entry.version, before: entry.sent ?? entry.before, held: undefined };
      if (entry) entries.splice(entries.indexOf(entry), 1);
      entries.push({ ...cell, ...begun, ...(cell.settled ? { version: cell.version, before: undefined } : {}), user: this.user, id: newKey(), together, what });
    }
    this.write(entries);
    this.now();
  }

  change(id, how) {
    this.write(this.read().flatMap((one) => (one.id === id ? (how(one) ?? []) : [one])));
  }

  drop(id) {
    this.change(id, () => null);
    this.tell();
  }

  tell() {
    const waiting = this.all();
    if (!waiting.length) this.said(this.others() ? "other_user" : "done", this.others());
    else if (waiting.every((one) => one.held)) this.said("wait", waiting.length);
    else this.said("saving", waiting.length);
  }

  /** The page goes away: what is not sent yet goes along, without waiting for an answer. It is asked for at the next visit. */
  leave() {
    const cells = this.all().filter((one) => !one.held && !one.sent).slice(0, 100);
    if (cells.length) ask(this.url(), "POST", { cells: cells.map(({ action, field, words, version, base }) => ({ action, field, words, version, base })) }).catch(() => {});
    for (const entry of cells) this.change(entry.id, (one) => ({ ...one, sent: one.words }));
  }

  now() {
    clearTimeout(this.later);
    this.tries = 0;
    this.send();
  }

  async send() {
    if (this.busy) return void (this.again = true);
    this.busy = true;
    const locked = navigator.locks ? (work) => navigator.locks.request(this.store, work) : (work) => work();
    try {
      await locked(() => this.sendAll()); // two tabs never send the same words at once
    } finally {
      this.busy = false;
      if (this.again) {
        this.again = false;
        this.send();
      }
    }
  }

  async sendAll() {
    for (;;) {
      const waiting = this.all().filter((one) => !one.held);
      if (!waiting.length) return this.tell();
      const first = waiting.filter((one) => one.together === waiting[0].together).slice(0, 400);
      for (const entry of first) this.change(entry.id, (one) => ({ ...one, sent: one.words }));
      this.said("saving", waiting.length);
      const problem = await this.sendSome(first);
      if (problem) return this.wait(problem);
      this.tries = 0;
    }
  }

  /** Sends some cells in one request. Gives the name of what went wrong, if anything did. */
  async sendSome(entries) {
    const cells = entries.map(({ action, field, words, version, before, base }) => ({ action, field, words, version, before, base }));
    let response;
    try {
      response = await ask(this.url(), "POST", { cells });
    } catch {
      return "offline";
    }
    if (response.status === 401 || response.redirected) return "expired";
    if (response.status === 507) return "full";
    if (response.status === 403 || response.status === 404) return "gone";
    if (response.status >= 400 && response.status < 500) {
      const sentence = (await response.json().catch(() => ({}))).error ?? "";
      for (const entry of entries) this.settle(entry, { status: "error", say: sentence }, {});
      return null;
    }
    const all = response.ok && (await response.json().catch(() => null));
    if (!all) return "server";
    entries.forEach((entry, place) => this.settle(entry, all.results[place], all));
    this.answered(null, null, all, entries);
    return null;
  }

  /** What the server said about an entry: saved ones leave, others stay with what was said until a person decides. */
  settle(sent, answer, all) {
    const saved = answer.status === "saved" || answer.status === "same";
    const now = this.read().find((one) => one.user === this.user && one.action === sent.action && one.field === sent.field);
    if (now?.id === sent.id) this.change(sent.id, (one) => (saved ? null : { ...one, held: answer, sent: undefined, before: undefined }));
    else if (now && saved) this.change(now.id, (one) => ({ ...one, version: answer.version, before: undefined }));
    this.answered(sent, answer, all);
  }

  wait(problem) {
    this.said(problem, this.all().filter((one) => !one.held).length);
    if (problem === "expired" || problem === "gone") return;
    this.later = setTimeout(() => this.send(), WAITS[Math.min(this.tries++, WAITS.length - 1)] * 1000);
  }
}
