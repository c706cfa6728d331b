// Leaving quickly: by the button, or by Shift three times. Without a script the button is a plain link.
// The pattern is GOV.UK's: https://design-system.service.gov.uk/components/exit-this-page/

const PRESSES = 3;
const WITHIN_MS = 5_000;

const bar = document.querySelector("[data-leave-bar]");
const news = bar.querySelector("[data-leave-news]");
const link = bar.querySelector("[data-leave]");
let cover = null;
let presses = 0;
let timer = 0;
let wasHeld = false;

/** Hides the page first: the other one may take seconds to come. */
function leave() {
  if (!cover) {
    cover = document.createElement("div");
    cover.className = "leave-cover";
    document.body.append(cover);
  }
  document.title = bar.dataset.title;
  news.textContent = bar.dataset.leaving;
  // This page's place in the history is taken by the other one; what was read before it stays there.
  location.replace(link.href);
}

function startAgain(words = "") {
  clearTimeout(timer);
  presses = 0;
  news.textContent = words;
}

/** Counts Shift pressed by itself. Held down for a capital letter it does not count, and any other key ends the count. */
function countPresses(event) {
  if (event.key !== "Shift") {
    // Seen when the other key comes up, with Shift still down: the Shift that follows belonged to a letter.
    wasHeld = event.shiftKey;
    if (presses) startAgain();
    return;
  }
  if (wasHeld) {
    wasHeld = false;
    return;
  }
  presses += 1;
  if (presses === PRESSES) {
    startAgain();
    leave();
    return;
  }
  if (presses === 1) timer = setTimeout(() => startAgain(bar.dataset.over), WITHIN_MS);
  news.textContent = presses === 1 ? bar.dataset.twoMore : bar.dataset.oneMore;
}

link.addEventListener("click", (event) => {
  if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  leave();
});
document.addEventListener("keyup", countPresses);
// Whoever comes back by "Back" must not find an empty page.
addEventListener("pageshow", () => {
  cover?.remove();
  cover = null;
});
bar.querySelector("[data-leave-keys]").hidden = !matchMedia("(any-pointer: fine)").matches;
