/** Counts a segment without leaving the page. Without this script the button posts the form, and the page comes back. */

const button = document.querySelector("[data-segment-count-button]");
const result = document.querySelector("[data-segment-count]");

async function count(event) {
  const form = button.form;
  event.preventDefault();
  button.disabled = true;
  result.textContent = "Counting…";
  const posted = new FormData(form);
  posted.set(button.name, button.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: posted });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const counted = page.querySelector("[data-segment-count]")?.textContent.trim();
    if (answer.ok && counted) {
      result.textContent = counted;
      return;
    }
  } catch {
    // Offline, or signed out: the whole form goes the ordinary way, which says what is wrong.
  } finally {
    button.disabled = false;
  }
  result.textContent = "";
  button.removeEventListener("click", count);
  button.click();
}

button?.addEventListener("click", count);
