// Shows that a form is on its way and drops a second click. The server's once-only token is what really decides.
(() => {
  const busy = new Map();
  const release = (form) => {
    busy.get(form)?.removeAttribute("aria-busy");
    busy.delete(form);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (busy.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const button = event.submitter ?? form.querySelector("button[type=submit]");
    button?.setAttribute("aria-busy", "true");
    busy.set(form, button);
  });
  document.addEventListener("htmx:afterRequest", (event) => release(event.detail.elt));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) [...busy.keys()].forEach(release);
  });
})();
