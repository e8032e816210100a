// A sheet that was locked while somebody had words on this machine that are not saved: they are shown, to be copied out.

const template = document.querySelector("[data-kept-words]");
const store = `caitien-luoi:phieu-${template.dataset.sheet}`; // of grid-queue.js
const read = () => {
  try {
    return JSON.parse(localStorage.getItem(store) ?? "[]");
  } catch {
    return [];
  }
};
const mine = (one) => one.user === template.dataset.user;
const words = read().filter((one) => mine(one) && one.field !== "judged" && one.words.trim());
if (words.length) {
  const box = template.content.firstElementChild.cloneNode(true);
  for (const one of words) {
    const text = document.createElement("p");
    text.className = "pre sheet-read";
    text.textContent = one.words;
    box.querySelector("[data-list]").append(text);
  }
  box.querySelector("[data-forget]").addEventListener("click", () => {
    const others = read().filter((one) => !mine(one));
    if (others.length) localStorage.setItem(store, JSON.stringify(others));
    else localStorage.removeItem(store);
    box.remove();
  });
  document.querySelector(".sheet").before(box);
}
