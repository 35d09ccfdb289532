// Counts the selected rows of a list: shows its bar of actions, keeps "select all" in step.
(() => {
  const boxes = () => [...document.querySelectorAll("[data-select]")];
  const refresh = () => {
    const all = boxes();
    const chosen = all.filter((box) => box.checked).length;
    document.querySelectorAll("[data-bulk]").forEach((bar) => {
      bar.hidden = chosen === 0;
      const text = bar.querySelector("[data-pattern]");
      if (text) text.textContent = text.dataset.pattern.replace("{n}", String(chosen));
    });
    document.querySelectorAll("[data-select-all]").forEach((box) => {
      box.closest("[hidden]")?.removeAttribute("hidden");
      box.checked = all.length > 0 && chosen === all.length;
      box.indeterminate = chosen > 0 && chosen < all.length;
    });
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-select-all]")) boxes().forEach((box) => { box.checked = event.target.checked; });
    if (event.target.matches("[data-select], [data-select-all]")) refresh();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-select-none]")) return;
    boxes().forEach((box) => { box.checked = false; });
    refresh();
  });
  document.addEventListener("htmx:afterSettle", refresh);
  refresh();
})();
