/** Keeps the page of an export up to date. Without this script the link "Reload" does the same. */

const POLL_MS = 2000;
const section = document.querySelector("[data-export-progress]");

function show({ state, rows, done, total }) {
  section.querySelector("[data-export-state]").textContent = state;
  document.querySelectorAll("[data-export-rows]").forEach((place) => (place.textContent = rows));
  if (total) {
    const bar = section.querySelector("[data-export-bar]");
    bar.max = total;
    bar.value = done;
  }
}

async function ask() {
  try {
    const answer = await fetch(section.dataset.exportProgress, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const progress = await answer.json();
      show(progress);
      // The page itself says what can be done next.
      if (progress.is_over) return location.reload();
    }
  } catch {
    // Offline for a moment: the next round asks again.
  }
  setTimeout(ask, POLL_MS);
}

if (section) setTimeout(ask, POLL_MS);

const take = document.querySelector("[data-export-take]");

take?.addEventListener("submit", () => {
  // After the browser has sent the form: the answer is a file, so the page would stay as it is.
  setTimeout(() => {
    take.hidden = true;
    document.querySelector("[data-export-over]").hidden = true;
    document.querySelector("[data-export-taken]").hidden = false;
  });
});
