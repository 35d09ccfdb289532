// What htmx requests look like while they run and when they fail: the load bar, aria-busy, a notice that keeps the text.
(() => {
  const bar = document.getElementById("load-bar");
  const region = document.getElementById("request-errors");
  const pattern = document.getElementById("request-error-pattern");
  const running = new Set();

  const show = () => bar?.classList.toggle("htmx-request", running.size > 0);
  const isButton = (element) => element.matches?.(".btn");
  // A part that asks for itself again and again works on unseen, else it would flicker for as long as it is open.
  const isPoll = (event) => event.detail.elt?.getAttribute?.("hx-trigger")?.startsWith("every");

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isPoll(event)) return;
    running.add(event.detail.xhr);
    if (region) region.replaceChildren();
    if (!isButton(event.detail.target)) event.detail.target.setAttribute("aria-busy", "true");
    show();
  });
  let isLost = false;
  document.addEventListener("htmx:afterRequest", (event) => {
    // A part that asks by itself has found the service again: the notice that it was away is over.
    if (isLost && isPoll(event) && event.detail.successful) { region?.replaceChildren(); isLost = false; }
    running.delete(event.detail.xhr);
    event.detail.target?.removeAttribute("aria-busy");
    show();
  });

  // An error answer is a whole page; its one sentence is enough here.
  const sentence = (xhr) => {
    const page = new DOMParser().parseFromString(xhr?.responseText ?? "", "text/html");
    return page.getElementById("error-message")?.textContent.trim() ?? "";
  };
  const fail = (event) => {
    if (!region || !pattern) return;
    isLost = isPoll(event);
    const notice = pattern.content.firstElementChild.cloneNode(true);
    const said = sentence(event.detail.xhr);
    if (said) notice.querySelector("[data-text]").textContent = said;
    region.replaceChildren(notice);
    region.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status >= 400 && !event.detail.shouldSwap) fail(event);
  });
  ["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, fail));
})();
