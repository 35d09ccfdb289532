// Asks the question of data-confirm in a dialog before a form or an htmx request goes out. Without script it goes at once.
(() => {
  const dialog = document.getElementById("confirm-dialog");
  if (!dialog) return;
  const part = (name) => dialog.querySelector(`[data-part="${name}"]`);
  const defaults = { yes: part("yes").textContent, no: part("no").textContent };
  const agreed = new WeakSet();

  const ask = (source) => new Promise((answer) => {
    part("title").textContent = source.dataset.confirm;
    part("body").textContent = source.dataset.confirmBody ?? "";
    part("body").hidden = !source.dataset.confirmBody;
    part("yes").textContent = source.dataset.confirmYes ?? defaults.yes;
    part("no").textContent = source.dataset.confirmNo ?? defaults.no;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
    part("no").focus();
  });

  const sourceOf = (form, submitter) => [submitter, form].find((item) => item?.dataset?.confirm);
  const sentByHtmx = (form) => form.hasAttribute("hx-post") || form.hasAttribute("hx-get");

  document.addEventListener("htmx:confirm", (event) => {
    const source = sourceOf(event.detail.elt, event.detail.triggeringEvent?.submitter);
    if (!source) return;
    event.preventDefault();
    ask(source).then((yes) => { if (yes) event.detail.issueRequest(true); });
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const source = sourceOf(form, event.submitter);
    if (!source || sentByHtmx(form) || form.method === "dialog") return;
    if (agreed.delete(form)) return;
    event.preventDefault();
    event.stopPropagation();
    const submitter = event.submitter;
    ask(source).then((yes) => {
      if (!yes) return;
      agreed.add(form);
      form.requestSubmit(submitter);
    });
  }, { capture: true });
})();
