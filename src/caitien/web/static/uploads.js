// Sends evidence in pieces: several files at once, again after a lost network, from where it stopped after the page was
// loaded anew. The server knows how much arrived; this file only asks and goes on. Without it the form sends files whole.

const box = document.querySelector("[data-uploads]");
const words = box.dataset;
const list = box.querySelector("[data-upload-list]");
const all = box.querySelector("[data-upload-all]");
const bar = box.querySelector("[data-upload-bar]");
const next = box.querySelector("[data-upload-next]");
const tokenOfPage = box.querySelector("[name=csrfmiddlewaretoken]").value;
// Who signs in again in another tab gets another token: the cookie knows it.
const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? tokenOfPage;

const KB = 1024;
const LEAST = 64 * KB; // bytes of a piece
const MOST = 1024 * KB;
const AT_ONCE = navigator.connection?.saveData || /2g/.test(navigator.connection?.effectiveType ?? "") ? 1 : 3;
const FAST = 1500; // milliseconds of a piece: larger ones are worth trying
const SLOW = 8000;
const PATIENCE = 45000;
const LONGEST_WAIT = 30000;
const WEEK = 7 * 24 * 3600 * 1000;
const LEFTOVERS = /^(thumbs\.db|desktop\.ini|\.ds_store|ehthumbs\.db)$|^~\$|^\._/i;
const PIECE = "application/offset+octet-stream";

let piece = 256 * KB; // what the network of this person carries well, learnt as one goes
let tasks = [];
let group = "";

// --- what was begun in this browser: file -> the key under which the server knows it
const SHELF = `caitien-uploads-${words.school}`;
const shelf = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(SHELF) ?? "{}");
    return Object.fromEntries(Object.entries(kept).filter(([, one]) => Date.now() - one.at < WEEK));
  } catch {
    return {};
  }
};
const keep = (print, key) => {
  const kept = shelf();
  if (key) kept[print] = { key, at: Date.now() };
  else delete kept[print];
  try {
    localStorage.setItem(SHELF, JSON.stringify(kept));
  } catch {
    // a browser that keeps nothing sends again from the beginning
  }
};
const printOf = (file) => [file.name, file.size, file.lastModified].join("|");
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// --- one line a file
const element = (name, className, text = "") => Object.assign(document.createElement(name), { className, textContent: text });
const button = (text, className, label, act) => {
  const made = Object.assign(element("button", `btn btn-sm ${className}`, text), { type: "button" });
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
};
const draw = (task) => {
  const { item, line, meter, does, file } = task;
  item.className = `upload-item is-${task.state}`;
  meter.hidden = !["waiting", "sending", "stopped"].includes(task.state);
  meter.value = task.offset + task.loaded;
  const percent = file.size ? Math.floor((100 * (task.offset + task.loaded)) / file.size) : 0;
  const says = { waiting: words.waiting, sending: percent < 100 ? `${words.sending} ${percent}%` : words.checking, stopped: words.stopped, done: words.done, refused: words.refused };
  const said = [says[task.state], task.said].filter(Boolean).join(": ");
  if (!task.offered && line.textContent !== said) line.textContent = said;
  const wanted = task.state === "sending" || task.state === "waiting" ? "stop" : task.state === "stopped" ? "go" : task.state === "refused" ? "off" : "";
  if (does.dataset.shows === wanted) return;
  does.dataset.shows = wanted;
  const off = () => button(words.takeOff, "btn-quiet", `${words.takeOff}: ${file.name}`, () => takeOff(task));
  does.replaceChildren(
    ...(wanted === "stop" ? [button(words.stop, "btn-quiet", `${words.stop}: ${file.name}`, () => stop(task))] : []),
    ...(wanted === "go" ? [button(words.goOn, "btn-primary", `${words.goOn}: ${file.name}`, () => goOn(task)), off()] : []),
    ...(wanted === "off" ? [off()] : []),
  );
};
let lastTold = "";
const drawAll = () => {
  const going = tasks.filter((task) => task.state !== "refused");
  const size = going.reduce((sum, task) => sum + task.file.size, 0);
  const sent = going.reduce((sum, task) => sum + (task.state === "done" ? task.file.size : task.offset + task.loaded), 0);
  const done = going.filter((task) => task.state === "done").length;
  const refused = tasks.length - going.length;
  const percent = size ? Math.floor((100 * sent) / size) : 100;
  const open = going.length - done;
  const told = [
    open ? words.all.replace("{done}", done).replace("{all}", going.length).replace("{percent}", percent) : done ? words.allDone.replace("{done}", done) : "",
    refused ? words.allRefused.replace("{count}", refused) : "",
  ].filter(Boolean).join(" ");
  // A voice that reads the page hears of every tenth part, not of every piece.
  const heard = open ? `${done}/${going.length}/${Math.floor(percent / 10)}/${refused}` : told;
  if (heard !== lastTold) all.textContent = told;
  lastTold = heard;
  all.hidden = !tasks.length;
  list.hidden = !tasks.length;
  bar.hidden = !open;
  bar.value = percent;
  next.hidden = !tasks.some((task) => task.evidence);
};
const show = (task, state, said = "") => {
  Object.assign(task, { state, said });
  draw(task);
  drawAll();
};

// --- asking the server
class Lost extends Error {}
const ask = (task, method, address, heads, body) =>
  new Promise((answer, fail) => {
    const wire = new XMLHttpRequest();
    task.wire = wire;
    wire.open(method, address);
    wire.timeout = PATIENCE;
    for (const [name, value] of Object.entries({ "Tus-Resumable": "1.0.0", "X-CSRFToken": token(), Accept: "application/json", ...heads })) wire.setRequestHeader(name, value);
    wire.upload.onprogress = (event) => {
      task.loaded = event.loaded;
      draw(task);
      drawAll();
    };
    wire.onload = () => (wire.status ? answer(wire) : fail(new Lost()));
    wire.onerror = wire.ontimeout = wire.onabort = () => fail(new Lost());
    wire.send(body ?? null);
  });
const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const metadata = (task) =>
  Object.entries({ filename: task.file.name, key: task.key, ...task.sent })
    .filter(([, value]) => value)
    .map(([name, value]) => `${name} ${encoded(value)}`)
    .join(",");
const begin = async (task) => {
  const small = task.file.size <= piece && !task.tries;
  const body = small ? await read(task, 0, task.file.size) : null;
  const heads = { "Upload-Length": task.file.size, "Upload-Metadata": metadata(task), ...(small ? { "Content-Type": PIECE } : {}) };
  const wire = await ask(task, "POST", words.create, heads, body);
  const place = wire.getResponseHeader("Location");
  if (place) {
    task.address = new URL(place, location.href).pathname;
    document.querySelector(`[data-unfinished-upload="${task.address.split("/").at(-2)}"]`)?.remove();
    keep(task.print, task.key);
  }
  return wire;
};
const read = async (task, from, to) => {
  try {
    return await task.file.slice(from, to).arrayBuffer(); // fails here, and not on the wire, when the file was changed or moved
  } catch {
    throw Object.assign(new Error(), { sentence: words.moved });
  }
};
const send = async (task) => {
  const began = performance.now();
  const to = Math.min(task.file.size, task.offset + piece);
  const body = await read(task, task.offset, to);
  const wire = await ask(task, "PATCH", task.address, { "Content-Type": PIECE, "Upload-Offset": task.offset }, body);
  const took = performance.now() - began;
  if (took < FAST && to - task.offset === piece) piece = Math.min(MOST, piece * 2);
  else if (took > SLOW) piece = Math.max(LEAST, piece / 2);
  return wire;
};
const pause = (task, time) =>
  new Promise((over) => {
    const wake = () => {
      clearTimeout(timer);
      removeEventListener("online", wake);
      task.wake = null;
      over();
    };
    const timer = setTimeout(wake, time);
    task.wake = wake;
    addEventListener("online", wake);
  });

// --- one file from its beginning to its end
const run = async (task) => {
  task.tries = 0;
  while (task.state === "sending") {
    let wire;
    try {
      wire = task.address ? await send(task) : await begin(task);
    } catch (error) {
      task.loaded = 0;
      if (error.sentence) return show(task, "stopped", error.sentence);
      if (task.state !== "sending") return;
      task.tries += 1;
      task.address = ""; // the server is asked again how much arrived
      piece = Math.max(LEAST, piece / 2);
      show(task, "sending", navigator.onLine ? words.again : words.offline);
      const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** Math.min(task.tries - 1, 6));
      await pause(task, wait * (0.75 + Math.random() / 2));
      continue;
    }
    task.loaded = 0;
    const there = wire.getResponseHeader("Upload-Offset");
    if (there !== null) task.offset = Number(there);
    const json = (wire.getResponseHeader("Content-Type") ?? "").startsWith("application/json");
    if (wire.status < 300 && json) return arrived(task, JSON.parse(wire.responseText));
    if (wire.status < 300 || (wire.status === 409 && there !== null)) {
      task.tries = 0;
      task.failed = 0;
      if (task.offset >= task.file.size && !task.address) return show(task, "stopped", words.server);
      show(task, "sending");
    } else if (wire.status === 423 || wire.status === 503) {
      show(task, "sending", task.tries > 3 ? words.busy : "");
      task.tries += 1;
      await pause(task, Math.min(5000, 150 * 2 ** Math.min(task.tries, 5)) * (0.5 + Math.random()));
    } else if (wire.status === 404 && !task.failed) {
      task.failed = 1; // it is a week old, or was taken away on another machine: from the beginning
      Object.assign(task, { address: "", offset: 0, key: newKey() });
      keep(task.print, "");
    } else return failed(task, wire);
  }
};
const failed = (task, wire) => {
  const text = (wire.getResponseHeader("Content-Type") ?? "").startsWith("text/plain") ? wire.responseText.slice(0, 600) : "";
  if (wire.status === 401) return show(task, "stopped", words.signedOut);
  if (wire.status === 413 || wire.status === 422 || wire.status === 409 || wire.status === 400) {
    keep(task.print, "");
    return show(task, "refused", text || words.server);
  }
  if (wire.status === 403) return show(task, "stopped", words.forbidden);
  return show(task, "stopped", text || words.server); // 507: the disk is full; 500: our fault
};
const arrived = (task, told) => {
  keep(task.print, "");
  task.offset = task.file.size;
  if (told.state === "refused") return show(task, "refused", told.refusal);
  task.evidence = Boolean(told.evidence);
  if (told.same) return offer(task, told);
  show(task, "done", told.notes.join(" "));
};
// The same content is there already: the person says what she wants.
const offer = (task, told) => {
  task.offered = true;
  const link = Object.assign(element("a", "", [told.same.code, told.same.name].filter(Boolean).join(" ")), { href: told.same.url });
  task.line.replaceChildren(`${words.already} `, link);
  const row = element("div", "row");
  const settle = async (wanted, said) => {
    const answer = await fetch(told.same.settle, {
      method: "POST",
      headers: { "X-CSRFToken": token(), Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      body: `lam=${wanted}`,
    }).catch(() => null);
    if (!answer?.ok) return task.line.append(` ${answer ? words.server : words.again}`);
    task.evidence = wanted === "moi";
    task.offered = false;
    row.remove();
    return show(task, "done", said);
  };
  if (told.same.asks)
    row.append(button(words.reuse, "btn-primary", `${words.reuse}: ${task.file.name}`, () => settle("dung-lai", words.reused)));
  row.append(button(words.anyway, "btn-quiet", `${words.anyway}: ${task.file.name}`, () => settle("moi", "")));
  task.item.append(row);
  show(task, "done");
};

// --- the queue
const pump = () => {
  const going = tasks.filter((task) => task.running).length;
  for (const task of tasks.filter((one) => one.state === "waiting").slice(0, Math.max(0, AT_ONCE - going))) {
    task.running = true;
    show(task, "sending");
    run(task).finally(() => {
      task.running = false;
      pump();
    });
  }
  if (!tasks.some((task) => task.running)) group = "";
};
const stop = (task) => {
  show(task, "stopped");
  task.wire?.abort();
  task.wake?.();
};
const goOn = (task) => {
  Object.assign(task, { address: "", failed: 0 });
  show(task, "waiting");
  pump();
};
const takeOff = (task) => {
  if (task.state === "stopped" && task.address)
    fetch(task.address, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0", "X-CSRFToken": token(), Accept: "application/json" } }).catch(() => {});
  keep(task.print, "");
  tasks = tasks.filter((one) => one !== task);
  task.item.remove();
  drawAll();
};
const purpose = () => {
  const sent = Object.fromEntries([...box.querySelectorAll("[data-upload-sent]")].map((one) => [one.name, one.value]));
  const criterion = box.querySelector("#tieu-chi");
  if (criterion?.value) Object.assign(sent, { criterion: criterion.value, framework: box.querySelector("[name=framework]").value });
  if (box.querySelector("#mot")?.checked) sent.group = group ||= newKey();
  return sent;
};
const take = (files) => {
  const sent = purpose();
  for (const file of files) {
    const print = printOf(file);
    if (tasks.some((task) => task.print === print && ["waiting", "sending"].includes(task.state))) continue; // dropped twice
    const again = tasks.find((task) => task.print === print && task.state === "stopped");
    if (again) {
      again.file = file; // chosen again after it was changed or the phone let it go
      goOn(again);
      continue;
    }
    const item = element("li", "upload-item");
    const meter = Object.assign(element("progress", "meter"), { max: file.size || 1, value: 0 });
    meter.setAttribute("aria-label", file.name);
    const line = element("p", "upload-state small");
    const does = element("div", "upload-do");
    item.append(element("p", "upload-name", file.name), meter, line, does);
    list.append(item);
    const key = shelf()[print]?.key ?? newKey();
    const task = { file, print, item, meter, line, does, sent, key, state: "waiting", offset: 0, loaded: 0, address: "" };
    tasks.push(task);
    if (file.size > Number(words.mostBytes)) show(task, "refused", words.tooLarge.replace("{size}", Math.ceil(file.size / KB / KB)));
    else show(task, "waiting");
  }
  pump();
};

// --- choosing, taking a photograph, dropping files or whole folders
for (const input of box.querySelectorAll("input[type=file]"))
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    take(files);
  });
const inside = async (entry) => {
  if (entry.isFile) return [await new Promise((found, fail) => entry.file(found, fail))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((read_, fail) => reader.readEntries(read_, fail)); // a hundred at a time
    if (!some.length) break;
    for (const one of some) found.push(...(await inside(one)));
  }
  return found.filter((file) => !LEFTOVERS.test(file.name));
};
const zone = box.querySelector("[data-upload-zone]");
for (const name of ["dragenter", "dragover"])
  document.addEventListener(name, (event) => {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault(); // a file that misses the target must not replace the page
    zone.classList.add("is-over");
  });
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) zone.classList.remove("is-over");
});
document.addEventListener("drop", async (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  zone.classList.remove("is-over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const plain = [...event.dataTransfer.files];
  if (!entries.some((entry) => entry.isDirectory)) return take(plain);
  const found = [];
  for (const entry of entries) found.push(...(await inside(entry).catch(() => [])));
  return take(found);
});
box.addEventListener("submit", (event) => event.preventDefault());
addEventListener("beforeunload", (event) => {
  if (tasks.some((task) => task.running)) event.preventDefault();
});
