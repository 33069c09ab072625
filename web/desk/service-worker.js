// Keeps the page's own files, so that the desk opens where the network is bad. It never sees a request's
// content: whatever is not one of these files passes by untouched, and the API is never cached.

const CACHE = "relais-desk-v1";
const PREFIX = "/desk";

const ours = (request) => {
  const url = new URL(request.url);
  const inside = url.pathname === PREFIX || url.pathname.startsWith(`${PREFIX}/`);
  return request.method === "GET" && url.origin === self.location.origin && inside && url.search === "";
};

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

// The network first: a mended file must reach every device with the next opening.
self.addEventListener("fetch", (event) => {
  if (!ours(event.request)) return;
  event.respondWith(
    (async () => {
      const cache = await caches.open(CACHE);
      const path = new URL(event.request.url).pathname;
      try {
        const answer = await fetch(event.request);
        if (answer.ok && answer.type === "basic") await cache.put(path, answer.clone());
        return answer;
      } catch (fault) {
        const kept = await cache.match(path);
        if (kept) return kept;
        throw fault;
      }
    })(),
  );
});
