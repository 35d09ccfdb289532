// Moves focus to what a failed form or a newly opened record starts with: the element marked data-focus.
(() => {
  const focusIn = (root) => {
    const marked = root.matches?.("[data-focus]") ? root : root.querySelector("[data-focus]");
    if (marked) marked.focus();
  };
  focusIn(document);
  document.addEventListener("htmx:afterSettle", (event) => focusIn(event.detail.elt));
  // A filter that was focused may come back only with the second part of an answer.
  let last = "";
  document.addEventListener("focusin", (event) => { last = event.target.id; });
  document.addEventListener("pointerdown", () => { last = ""; });
  document.addEventListener("htmx:afterSettle", () => {
    if (last && document.activeElement === document.body) document.getElementById(last)?.focus({ preventScroll: true });
  });
  // A line of the summary leads to its field; hidden parents are opened first.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.closest("details")?.setAttribute("open", "");
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });
})();
