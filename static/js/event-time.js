// An event's time as the reader's own clock shows it. Without a script the event's own time stands, with its zone.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const language = ownVariant(document.documentElement.lang);

/** The page's language as the reader writes it: en-GB and not en-US, where the page says only that it is English. */
function ownVariant(name) {
  return navigator.languages.find((own) => own.split("-")[0] === name) || name || undefined;
}

/** Whether two moments fall on one day where the reader is. */
function isSameDay(one, other) {
  return one.toLocaleDateString(language) === other.toLocaleDateString(language);
}

/** Adds the reader's own date, time and zone, unless both clocks show the same. */
function showOwnTime(line) {
  const start = new Date(line.dataset.start);
  const end = new Date(line.dataset.end);
  const offset = -start.getTimezoneOffset();
  if (Number.isNaN(start.getTime()) || offset === offsetIn(line.dataset.start)) return;
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const day = { weekday: "long", day: "numeric", month: "long" };
  const from = new Intl.DateTimeFormat(language, { ...day, ...time }).format(start);
  const to = new Intl.DateTimeFormat(language, isSameDay(start, end) ? time : { ...day, ...time }).format(end);
  line.textContent = `${line.dataset.words} ${from} – ${to} (${zone.replaceAll("_", " ")})`;
  line.hidden = false;
}

/** Minutes east of Greenwich that an ISO 8601 moment was written with. */
function offsetIn(moment) {
  const [, sign, hours, minutes] = moment.match(/([+-])(\d\d):(\d\d)$/) || [null, "+", "00", "00"];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

if (zone) {
  document.querySelectorAll("[data-own-time]").forEach(showOwnTime);
  // So that mails can say it in their time as well; nobody has to.
  document.querySelectorAll("[data-own-zone-field]").forEach((field) => {
    field.value = zone;
  });
}
