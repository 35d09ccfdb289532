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
  const parse = (text) => new DOMParser().parseFromString(text, "text/html");
  const answer = (xhr) => parse(xhr?.responseText ?? "");
  const sentence = (xhr) => answer(xhr).getElementById("error-message")?.textContent.trim() ?? "";
  // The tokens of a page from before somebody signed in anew, or of many hours ago, are replaced; what was typed stays.
  const renew = async () => {
    const response = await fetch(location.href);
    if (!response.ok || response.redirected) return false;
    const fresh = parse(await response.text());
    const token = fresh.querySelector("[name=csrf_token]")?.value;
    document.querySelectorAll("form[method=post]").forEach((form) => {
      const same = fresh.querySelector(`form[method=post][action="${CSS.escape(form.getAttribute("action"))}"] [name=once]`);
      const once = form.querySelector("[name=once]");
      if (same && once) once.value = same.value;
      const own = form.querySelector("[name=csrf_token]");
      if (token && own) own.value = token;
    });
    return Boolean(token);
  };
  const fail = (event) => {
    if (!region || !pattern) return;
    isLost = isPoll(event);
    const notice = pattern.content.firstElementChild.cloneNode(true);
    const said = sentence(event.detail.xhr);
    const text = notice.querySelector("[data-text]");
    if (said) text.textContent = said;
    // Signing in happens in a window of its own, so that what was typed stays here.
    const way = answer(event.detail.xhr).querySelector("[data-sign-in]");
    if (way) {
      const link = Object.assign(document.createElement("a"), { href: way.href, target: "_blank", textContent: way.textContent });
      text.append(" ", link);
    } else if (event.detail.xhr?.status === 400) renew().then((done) => { if (done) text.textContent = text.dataset.renewed; }).catch(() => {});
    region.replaceChildren(notice);
    region.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status >= 400 && !event.detail.shouldSwap) fail(event);
  });
  ["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, fail));
})();
