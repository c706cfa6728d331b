// Keeping one rights sheet on the phone, and taking it off again. Nothing is kept before somebody asks for it.

const box = document.querySelector("[data-keep]");
const [keepButton, forgetButton] = box.querySelectorAll("button");
const news = box.querySelector("[data-keep-news]");
const SHEET = box.dataset.keep;

/** The page and all that it is drawn with, by their addresses. */
function parts() {
  const drawn = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], img[src]");
  return [SHEET, ...Array.from(drawn, (part) => part.href || part.currentSrc || part.src)];
}

/** Puts the sheet as it is now in the place of what was kept. */
async function store() {
  // All of it is fetched first: if the connection breaks half way, the older copy stays whole.
  const answers = await Promise.all(parts().map(async (url) => [url, await fetch(url, { cache: "no-cache" })]));
  if (answers.some(([, answer]) => !answer.ok)) throw new Error("A part of the sheet did not come.");
  await caches.delete(SHEET);
  const cache = await caches.open(SHEET);
  await Promise.all(answers.map(([url, answer]) => cache.put(url, answer)));
}

async function forget() {
  await caches.delete(SHEET);
  const registrations = await navigator.serviceWorker.getRegistrations();
  const own = registrations.filter((registration) => new URL(registration.scope).pathname === SHEET);
  await Promise.all(own.map((registration) => registration.unregister()));
}

async function keep() {
  try {
    await store();
    await navigator.serviceWorker.register(box.dataset.worker, { scope: SHEET });
    await navigator.serviceWorker.ready;
  } catch (error) {
    await forget();
    throw error;
  }
}

function show(isKept, words = "") {
  keepButton.hidden = isKept;
  forgetButton.hidden = !isKept;
  news.textContent = words;
}

/** What `button` does, what is said then, and what is kept then. If it goes wrong, that is said instead. */
function make(button, action, words, isKeptThen) {
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await action();
      show(isKeptThen, words);
      (isKeptThen ? forgetButton : keepButton).focus();
    } catch {
      show(await caches.has(SHEET).catch(() => false), box.dataset.failed);
    }
    button.disabled = false;
  });
}

async function offer() {
  const isKept = await caches.has(SHEET);
  show(isKept, isKept ? box.dataset.kept : "");
  box.hidden = false;
  // Whoever keeps it gets what has changed since; without a connection the older copy stays.
  if (isKept) store().catch(() => {});
}

make(keepButton, keep, box.dataset.kept, true);
make(forgetButton, forget, box.dataset.forgotten, false);
// Some browsers have no such store, or have none in private windows; and a preview has another address.
if ("serviceWorker" in navigator && "caches" in window && location.pathname === SHEET) offer().catch(() => {});
