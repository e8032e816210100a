// A button that copies words of the page: <button data-copy="ID of the words" data-copied="what it says then">.

const oldWay = (words) => {
  // without HTTPS a page has no clipboard; what is selected can still be copied
  const field = document.createElement("textarea");
  field.value = words;
  field.setAttribute("aria-hidden", "true");
  field.className = "sr-only";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
};

const select = (from) => {
  if (from.select) return from.select();
  const range = document.createRange();
  range.selectNodeContents(from);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const from = document.getElementById(button.dataset.copy);
  const words = from.value ?? from.textContent;
  let done = false;
  try {
    await navigator.clipboard.writeText(words);
    done = true;
  } catch {
    done = oldWay(words);
  }
  if (!done) return select(from); // then Ctrl+C does it
  const before = button.innerHTML;
  button.textContent = button.dataset.copied;
  button.setAttribute("aria-live", "polite");
  setTimeout(() => {
    button.innerHTML = before;
  }, 2000);
});
