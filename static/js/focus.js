// Moves focus to what a failed form or a newly opened record starts with: the element marked data-focus.
(() => {
  const focusIn = (root) => {
    const marked = root.matches?.("[data-focus]") ? root : root.querySelector("[data-focus]");
    if (marked) marked.focus();
  };
  focusIn(document);
  document.addEventListener("htmx:afterSettle", (event) => focusIn(event.detail.elt));
  // What was focused may come back only with the second part of an answer, or be replaced by a part that renews itself.
  const trace = (element) => {
    const action = element.closest("form")?.getAttribute("action");
    if (element.id) return `#${CSS.escape(element.id)}`;
    if (element.matches("a[href]")) return `a[href="${CSS.escape(element.getAttribute("href"))}"]`;
    return action && element.matches("button") ? `form[action="${CSS.escape(action)}"] button` : "";
  };
  let last = { trace: "", at: 0 };
  document.addEventListener("focusin", ({ target }) => {
    const found = trace(target);
    last = { trace: found, at: found ? [...document.querySelectorAll(found)].indexOf(target) : 0 };
  });
  document.addEventListener("pointerdown", () => { last = { trace: "", at: 0 }; });
  document.addEventListener("htmx:afterSettle", () => {
    if (!last.trace || document.activeElement !== document.body) return;
    document.querySelectorAll(last.trace)[last.at]?.focus({ preventScroll: true });
  });
  // Where the pressed button was replaced by the answer, focus goes to the same button of the new part, else to its first.
  let pressed = null;
  document.addEventListener("submit", (event) => {
    const { submitter, target } = event;
    pressed = submitter?.name ? { action: target.getAttribute("action"), name: submitter.name, value: submitter.value } : null;
  }, true);
  document.addEventListener("htmx:afterSettle", () => {
    if (!pressed || document.activeElement !== document.body) return;
    const { action, name, value } = pressed;
    const buttons = [...document.querySelectorAll(`form[action="${CSS.escape(action)}"] button[name="${CSS.escape(name)}"]`)];
    (buttons.find((one) => one.value === value) ?? buttons[0])?.focus({ preventScroll: true });
    pressed = null;
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
