// Keys of a page marked data-keys: J and K move through data-row, X selects, a letter presses the control with that
// data-key, or leads to the empty field that the control needs (data-needs), ? lists them. A record that J or K opened has
// the focus (data-opened). Never in a text field; the switch in the list turns them off for good.
(() => {
  const OFF = "keys-off";
  const help = () => document.getElementById("key-help");
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const current = () => document.querySelector("[data-row][aria-current='true']");
  const off = () => localStorage.getItem(OFF) === "yes";

  const go = (by) => {
    const all = rows();
    const at = all.indexOf(current());
    const next = all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))];
    if (!next || next === current()) return;
    document.addEventListener("htmx:afterSettle", () => document.querySelector("[data-opened]")?.focus({ preventScroll: true }), { once: true });
    next.querySelector("a").click();
  };
  const press = (control) => {
    const field = document.getElementById(control.dataset.needs);
    if (field && !field.value) field.focus();
    else control.click();
  };
  const choose = () => {
    const box = current()?.querySelector("input[type=checkbox]");
    if (box) box.click();
  };
  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (!document.querySelector("[data-keys]") || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "?" && help()) { help().showModal(); event.preventDefault(); return; }
    if (off()) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") go(key === "j" ? 1 : -1);
    else if (key === "x") choose();
    else {
      const control = [...document.querySelectorAll("[data-key]")].find((item) => item.dataset.key === key);
      if (!control) return;
      press(control);
    }
    event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-key-help]")) help()?.showModal();
    const row = event.target.closest("[data-row] a")?.closest("[data-row]");
    if (!row) return;
    rows().forEach((item) => item.removeAttribute("aria-current"));
    row.setAttribute("aria-current", "true");
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-keys-switch]")) localStorage.setItem(OFF, event.target.checked ? "no" : "yes");
  });
  document.querySelectorAll("[data-keys-switch]").forEach((box) => { box.checked = !off(); });
  document.querySelectorAll("[data-key-help]").forEach((button) => { button.hidden = false; });
})();
