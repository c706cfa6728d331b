// Answers for one rights sheet that somebody asked to keep on their phone. It keeps nothing itself: keep-sheet.js does,
// and only when asked. The name of the store is the address of the sheet.

const SHEET = new URL(self.registration.scope).pathname;
const PATIENCE_MS = 4_000;

addEventListener("install", (event) => event.waitUntil(skipWaiting()));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

/** What is kept of `request`, if anything. */
async function kept(request) {
  return (await caches.has(SHEET)) ? (await caches.open(SHEET)).match(request, { ignoreSearch: true }) : undefined;
}

/** The newest there is; what is kept where nothing comes, or nothing comes soon. */
async function answer(request) {
  const fromNetwork = fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  try {
    const first = await Promise.race([fromNetwork, late]);
    if (first && first.status < 500) return first;
  } catch {
    // No network.
  }
  return (await kept(request)) ?? fromNetwork;
}

addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && new URL(event.request.url).origin === location.origin) {
    event.respondWith(answer(event.request));
  }
});
