// Keeps the desks of check-in usable without a connection: their page as last seen and the files it needs, nothing else.
// Its reach is the folder it is served from. Pages are asked from the network first; a copy is shown for some hours only.
const CACHE = "check-in";
const KEPT_MS = 16 * 3600 * 1000;
const DESK = /^\/check-points\/\d+$/;

const forgetPages = async () => {
  const cache = await caches.open(CACHE);
  const keys = await cache.keys();
  await Promise.all(keys.filter((key) => DESK.test(new URL(key.url).pathname)).map((key) => cache.delete(key)));
};

const fresh = (response) => Date.now() - Date.parse(response.headers.get("Date") ?? "") < KEPT_MS;

const page = async (request, path) => {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok && DESK.test(path)) await cache.put(path, response.clone());
    // A redirect is the way to the sign-in page: what was kept belongs to somebody who is signed out.
    if (response.type === "opaqueredirect" || response.redirected) await forgetPages();
    return response;
  } catch (error) {
    const kept = await cache.match(path, { ignoreVary: true });
    if (kept && fresh(kept)) return kept;
    if (kept) await cache.delete(path);
    throw error;
  }
};

const file = async (request) => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
};

const keep = async (path, files) => {
  const cache = await caches.open(CACHE);
  const wanted = new Set(files);
  const keys = await cache.keys();
  const old = keys.filter((key) => new URL(key.url).pathname.startsWith("/static/") && !wanted.has(key.url));
  await Promise.all(old.map((key) => cache.delete(key)));
  const known = new Set(keys.map((key) => key.url));
  await Promise.all(files.filter((address) => !known.has(address)).map((address) => cache.add(address)));
  const response = await fetch(path);
  if (response.ok && !response.redirected) await cache.put(path, response);
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const { path, files } = event.data;
  event.waitUntil(keep(path, files).then(
    () => event.source.postMessage({ kept: path }),
    () => {},
  ));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, address.pathname));
  else if (address.pathname.startsWith("/static/")) event.respondWith(file(request));
});
