// What a letter page does better with a script: measuring, the link to the mail program, copying, printing.

const MEASURE_MS = 300;
// A reader hears of the measure once they pause, not with every key.
const NEWS_MS = 2_000;
// Some mail programs, and Windows itself, cut longer links.
const SAFE_LENGTH = 1_900;
// As mp_contacts/own_words.py and letter_parts.py.
const WINDOW = 3;
const GREETING = /^(dear|annwyl)(?![\p{L}\p{N}])/iu;
const CLOSING = /^(yours|sincerely|regards|yr\s+eiddoch|cofion|(kind|best|warm|many)\s+(regards|wishes|thanks))(?![\p{L}\p{N}])/iu;
const MOST_WORDS_AFTER_CLOSING = 24;

function middleOf(text) {
  const lines = text.replaceAll("\r\n", "\n").trim().split("\n");
  if (lines[0].length <= 160 && GREETING.test(lines[0].trim())) lines.shift();
  for (let at = lines.length - 1, words = 0; at >= 0; at -= 1) {
    const line = lines[at].trim();
    if (line.length <= 40 && CLOSING.test(line)) return lines.slice(0, at).join("\n");
    words += line.split(/\s+/u).filter(Boolean).length;
    if (words > MOST_WORDS_AFTER_CLOSING) break;
  }
  return lines.join("\n");
}

function wordsOf(text) {
  return middleOf(text).replace(/['’ʼ`]/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** How much of `text` is not in the words of `draft`, in percent. */
export function ownPercent(text, draft) {
  const words = wordsOf(text);
  const given = wordsOf(draft);
  const size = Math.min(WINDOW, given.length);
  if (!words.length) return 0;
  if (!size) return 100;
  const windowAt = (list, at) => list.slice(at, at + size).join(" ");
  const known = new Set(given.slice(0, given.length - size + 1).map((_, at) => windowAt(given, at)));
  const fromDraft = new Set();
  for (let at = 0; at + size <= words.length; at += 1) {
    if (known.has(windowAt(words, at))) for (let word = at; word < at + size; word += 1) fromDraft.add(word);
  }
  const own = words.length - fromDraft.size;
  return Math.max(Math.floor((own * 100) / words.length), Math.min(own, 1));
}

/** RFC 6068: lines end in CR LF, and everything is encoded. A lone surrogate would throw. */
export function mailtoLink(to, subject, body) {
  const encoded = (text) => encodeURIComponent(text.replace(/\p{Cs}/gu, "?"));
  const lines = body.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n");
  return `mailto:${encoded(to).replaceAll("%40", "@")}?subject=${encoded(subject.trim())}&body=${encoded(lines)}`;
}

function subjectOf(form) {
  const own = form.querySelector("[name=own_subject]");
  if (own?.value.trim()) return own.value;
  const fields = [...form.querySelectorAll("[name=subject]")];
  const field = fields.find((one) => one.type !== "radio" || one.checked);
  return field ? field.value : "";
}

/** Calls `act` once nothing has happened for `ms`. */
function rested(act, ms) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  };
}

function followMeter(form, body) {
  const meter = form.querySelector("meter[data-letter-meter]");
  const words = form.querySelector("[data-letter-meter-text]");
  const draft = form.querySelector("template[data-letter-draft]");
  if (!meter || !draft) return;
  const given = draft.content.textContent;

  function say() {
    const { own = "%", nudge = "" } = words.dataset;
    words.textContent = meter.value > 0 || !nudge ? own.replace("%", `${meter.value}%`) : nudge;
  }

  const sayRested = rested(say, NEWS_MS);
  function measure() {
    meter.value = ownPercent(body.value, given);
    if (words) sayRested();
  }
  meter.hidden = false;
  measure();
  body.addEventListener("input", rested(measure, MEASURE_MS));
}

function followMailto(form, body) {
  const link = form.querySelector("a[data-letter-mailto]");
  if (!link) return;
  const warning = form.querySelector("[data-letter-long]");
  function rebuild() {
    link.href = mailtoLink(link.dataset.to, subjectOf(form), body.value);
    if (warning) warning.hidden = link.href.length <= SAFE_LENGTH;
  }
  rebuild();
  form.addEventListener("input", rested(rebuild, MEASURE_MS));
  // Whoever clicks at once after the last key still takes all of it along.
  link.addEventListener("click", rebuild);
}

function offerCopying(form, body) {
  const button = form.querySelector("button[data-letter-copy]");
  const news = form.querySelector("[data-letter-news]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(body.value);
      if (news) news.textContent = button.dataset.copied ?? "Copied";
    } catch {
      // Not allowed here: the text is selected, so that one key copies it.
      body.focus();
      body.select();
    }
  });
}

function countCharacters(form, body) {
  const count = form.querySelector("[data-letter-count]");
  if (!count) return;
  const number = new Intl.NumberFormat(document.documentElement.lang || "en");
  const show = () => {
    count.textContent = number.format([...body.value].length);
  };
  show();
  body.addEventListener("input", show);
}

function improve(form) {
  const body = form.querySelector("[data-letter-body]");
  if (!body) return;
  for (const part of [followMeter, followMailto, offerCopying, countCharacters]) part(form, body);
}

function offerPrinting(button) {
  button.hidden = false;
  button.addEventListener("click", () => globalThis.print());
}

document.querySelectorAll("[data-letter]").forEach(improve);
document.querySelectorAll("[data-print]").forEach(offerPrinting);
