// Rows of the list of evidence that are chosen: the bar of what can be done with them shows itself when there are any.
const arm = (form) => {
  const bar = form.querySelector("[data-choose-bar]");
  if (!bar || form.dataset.armed) return;
  form.dataset.armed = "1";
  const rows = [...form.querySelectorAll("input[name=chon]")];
  const all = form.querySelector("[data-choose-all]");
  const every = form.querySelector("[data-choose-every]");
  const count = form.querySelector("[data-choose-count]");
  const words = count.textContent;
  const show = () => {
    const chosen = rows.filter((one) => one.checked).length;
    bar.classList.toggle("is-open", chosen > 0);
    count.textContent = `${words} ${chosen}`;
    for (const one of rows) one.closest("tr").classList.toggle("is-chosen", one.checked);
    if (all) {
      all.checked = chosen === rows.length;
      all.indeterminate = chosen > 0 && chosen < rows.length;
    }
    if (every && chosen < rows.length) every.checked = false;
  };
  form.addEventListener("change", (event) => {
    if (event.target === all) for (const one of rows) one.checked = all.checked;
    if (event.target === every && every.checked) for (const one of rows) one.checked = true;
    show();
  });
  show();
};
const armAll = () => document.querySelectorAll("[data-choose]").forEach(arm);
armAll();
document.addEventListener("htmx:afterSwap", armAll);
window.addEventListener("pageshow", armAll);
