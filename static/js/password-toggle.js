// A button beside a password that shows what was typed.
(() => {
  const prepare = (root) => root.querySelectorAll("[data-password] > button[hidden]").forEach((button) => {
    const input = button.parentElement.querySelector("input");
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = input.type === "password";
      input.type = shown ? "text" : "password";
      button.querySelector("[data-text]").textContent = shown ? button.dataset.hide : button.dataset.show;
    });
    // A shown password must not end up in the browser's list of typed values.
    input.form?.addEventListener("submit", () => { input.type = "password"; });
  });
  prepare(document);
  document.addEventListener("htmx:afterSettle", (event) => prepare(event.detail.elt.parentElement ?? document));
})();
