// Passing a page on with one press. Without a script there is the link itself, and those of other services.

/** Copies the address, and says so. */
function offerCopying(section, link) {
  const button = section.querySelector("[data-share-copy]");
  const news = section.querySelector("[data-share-news]");
  // Browsers have no clipboard for pages that did not come over https.
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.href);
      news.textContent = button.dataset.copied;
    } catch {
      // Forbidden: then the link itself is what to copy.
      link.focus();
    }
  });
}

/** Opens the device's own list of apps and people. */
function offerSharing(section, link) {
  const button = section.querySelector("[data-share-button]");
  if (!navigator.share) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.share({ title: link.dataset.title, text: link.dataset.text, url: link.href });
    } catch {
      // Closed again without choosing anybody: there is nothing to say.
    }
  });
}

document.querySelectorAll("[data-share]").forEach((section) => {
  const link = section.querySelector("[data-share-link]");
  offerCopying(section, link);
  offerSharing(section, link);
});
