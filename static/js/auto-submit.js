// Sends a form of filters when one of them changes, and hides the button that does it without script.
(() => {
  const prepare = (root) => root.querySelectorAll("form[data-auto-submit] [data-auto-submit-button]").forEach((button) => {
    button.hidden = true;
  });
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-auto-submit]")) form.requestSubmit();
  });
  // Back shows the list as its address says; the browser would keep the filter chosen on leaving the page.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-auto-submit]").forEach((form) => form.reset());
  });
  prepare(document);
  document.addEventListener("htmx:afterSettle", (event) => prepare(event.detail.elt.parentElement ?? document));
})();
