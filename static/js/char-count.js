// Says how many letters are left in a long text.
(() => {
  const SAID_AFTER_MS = 600;
  const prepare = (root) => root.querySelectorAll("[data-count-for]").forEach((note) => {
    const text = document.getElementById(note.dataset.countFor);
    if (!text || note.dataset.ready) return;
    note.dataset.ready = "yes";
    const most = Number(text.dataset.count);
    const spoken = document.createElement("span");
    spoken.className = "sr";
    spoken.setAttribute("role", "status");
    note.after(spoken);
    let timer;
    const show = () => {
      const left = most - [...text.value].length;
      note.textContent = (left < 0 ? note.dataset.over : note.dataset.left).replace("{n}", String(Math.abs(left)));
      note.toggleAttribute("data-too-long", left < 0);
      clearTimeout(timer);
      timer = setTimeout(() => { spoken.textContent = left < most / 10 ? note.textContent : ""; }, SAID_AFTER_MS);
    };
    text.addEventListener("input", show);
    show();
  });
  prepare(document);
  document.addEventListener("htmx:afterSettle", (event) => prepare(event.detail.elt.parentElement ?? document));
})();
