// Sends a form of filters when one of them changes, and hides the button that does it without script.
(() => {
  const prepare = (root) => root.querySelectorAll("form[data-auto-submit] [data-auto-submit-button]").forEach((button) => {
    button.hidden = true;
  });
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-auto-submit]")) form.requestSubmit();
  });
  prepare(document);
  document.addEventListener("htmx:afterSettle", (event) => prepare(event.detail.elt.parentElement ?? document));
})();
