// Shows a short message when the server answers with HX-Trigger {"toast": {"text": "...", "undo": "/address"}}.
(() => {
  const SHOWN_MS = 6000;
  const region = document.getElementById("toasts");
  const pattern = document.getElementById("toast-pattern");
  if (!region || !pattern) return;

  const leave = (toast) => {
    let timer;
    const start = () => { timer = setTimeout(() => toast.remove(), SHOWN_MS); };
    toast.addEventListener("pointerenter", () => clearTimeout(timer));
    toast.addEventListener("pointerleave", start);
    start();
  };

  document.addEventListener("toast", (event) => {
    const { text, undo } = event.detail;
    const toast = pattern.content.firstElementChild.cloneNode(true);
    toast.querySelector("[data-text]").textContent = text;
    const link = toast.querySelector("[data-undo]");
    const close = toast.querySelector("[data-close]");
    close.addEventListener("click", () => toast.remove());
    if (undo) link.href = undo;
    else link.remove();
    // One message at a time: those before would cover what is being worked on. What can be taken back stays.
    region.querySelectorAll(".toast:not(:has([data-undo]))").forEach((older) => older.remove());
    region.append(toast);
    if (!undo) leave(toast);
  });
})();
