// What a petition page does better with a script. Without one, everything here still works.

const POLL_MS = 15_000;
// A reader hears of the count at most once in this time; the eye may see it more often.
const NEWS_MS = 120_000;

/** Keeps the number, the bar and the canopy up to date while the page is looked at. */
function followCount(section) {
  const url = section.dataset.countUrl;
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const parts = {
    count: section.querySelector("[data-count]"),
    goal: section.querySelector("[data-goal]"),
    toGo: section.querySelector("[data-to-go]"),
    bar: section.querySelector("progress"),
    news: section.querySelector("[data-count-news]"),
    panels: section.querySelectorAll(".canopy__panel"),
  };
  let shown = parts.bar.value;
  let lastNews = Date.now();
  let timer = 0;

  function show({ count, goal }) {
    if (count === shown) return;
    shown = count;
    parts.count.textContent = number.format(count);
    parts.bar.max = goal;
    parts.bar.value = count;
    if (parts.goal) parts.goal.textContent = number.format(goal);
    if (parts.toGo) parts.toGo.textContent = number.format(Math.max(0, goal - count));
    const open = Math.min(parts.panels.length, Math.ceil((count * parts.panels.length) / goal));
    parts.panels.forEach((panel, index) => panel.classList.toggle("is-open", index < open));
    if (Date.now() - lastNews > NEWS_MS) {
      lastNews = Date.now();
      parts.news.textContent = `${parts.news.dataset.words} ${number.format(count)}`;
    }
  }

  async function ask() {
    try {
      // Asked anew, because a browser may show a fetch one stale answer; mostly it is a 304.
      const answer = await fetch(url, { credentials: "omit", cache: "no-cache" });
      if (answer.ok) show(await answer.json());
    } catch {
      // Offline for a moment: the number on the page stays, and the next round asks again.
    }
  }

  function keepAsking() {
    clearInterval(timer);
    if (document.visibilityState === "visible") timer = setInterval(ask, POLL_MS);
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask();
    keepAsking();
  });
  // Not at once: the page itself has just been asked for, and is seconds old at most.
  keepAsking();
}

/** Browsers that ignore autofocus on a box get the summary of errors focused here. */
function focusErrors(summary) {
  if (document.activeElement !== summary) summary.focus();
}

document.querySelectorAll("[data-error-summary]").forEach(focusErrors);
document.querySelectorAll("[data-count-url]").forEach(followCount);
