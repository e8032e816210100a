// Photographs of a progress report: made smaller on the phone before they go over a weak network, shown, and taken off
// again; what is too large is said before sending. Without this file the form sends them as they are.

const LONGEST = 1600; // pixels; the server keeps no more
const SMALL = 400 * 1024; // bytes; not worth making smaller
const PREVIEW = 160; // pixels
const box = document.querySelector("[data-photos]");
const error = document.querySelector("[data-photo-error]");
const list = document.querySelector("[data-photo-list]");

// What goes with the form stands in an input of its own; the two that one sees only pick.
const sent = Object.assign(document.createElement("input"), { type: "file", name: "photos", multiple: true, hidden: true });
const pickers = [...box.querySelectorAll("input[type=file]")];
for (const picker of pickers) picker.removeAttribute("name");
box.append(sent);

let chosen = []; // {file, picture}
const say = (text) => {
  error.textContent = text;
  error.hidden = !text;
};
const put = () => {
  const carrier = new DataTransfer();
  for (const one of chosen) carrier.items.add(one.file);
  sent.files = carrier.files;
  list.replaceChildren(
    ...chosen.map((one) => {
      const item = document.createElement("li");
      const off = Object.assign(document.createElement("button"), { type: "button", textContent: box.dataset.remove });
      off.className = "btn btn-ghost btn-sm";
      off.setAttribute("aria-label", `${box.dataset.remove}: ${one.file.name}`);
      off.addEventListener("click", () => {
        chosen = chosen.filter((other) => other !== one);
        say("");
        put();
        pickers[0].focus();
      });
      item.append(one.picture, off);
      return item;
    }),
  );
};

const drawn = (bitmap, longest) => {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
};
const named = (file) => Object.assign(document.createElement("span"), { textContent: file.name, className: "small" });

const prepared = async (file) => {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return { file, picture: named(file) }; // this browser cannot show it; the server says what it is
  }
  const picture = drawn(bitmap, PREVIEW);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", file.name);
  let lighter = file;
  if (file.size > SMALL) {
    const small = drawn(bitmap, LONGEST);
    const blob = await new Promise((done) => small.toBlob(done, "image/jpeg", 0.85));
    if (blob && blob.size < file.size) lighter = new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  }
  bitmap.close();
  return { file: lighter, picture };
};

for (const picker of pickers)
  picker.addEventListener("change", async () => {
    const files = [...picker.files];
    picker.value = "";
    say("");
    box.setAttribute("aria-busy", "true");
    for (const file of files) {
      if (file.type && !file.type.startsWith("image/")) {
        say(box.dataset.notAPicture.replace("{name}", file.name));
        continue;
      }
      if (chosen.length >= Number(box.dataset.most)) {
        say(box.dataset.tooMany);
        break;
      }
      const one = await prepared(file);
      if (one.file.size > Number(box.dataset.mostBytes))
        say(box.dataset.tooLarge.replace("{name}", file.name).replace("{size}", Math.ceil(file.size / 1024 / 1024)));
      else chosen.push(one);
    }
    box.removeAttribute("aria-busy");
    put();
  });

// How much of it is on its way.
document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = document.querySelector("[data-sending]");
  if (!bar || !event.detail.lengthComputable || !chosen.length) return;
  bar.hidden = false;
  bar.value = (100 * event.detail.loaded) / event.detail.total;
});
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:afterRequest"])
  document.addEventListener(name, () => {
    const bar = document.querySelector("[data-sending]");
    if (bar) bar.hidden = true;
  });
