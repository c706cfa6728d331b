// A page saves itself half a second after the last key. Whoever presses "Save draft" just then would have a new page
// made twice, or meet their own changes as somebody else's. So the button waits until the page has saved itself, and
// while the button is at work the page does not.
const PATIENCE_MS = 8000;
const ENDS = ["w-autosave:success", "w-autosave:error"];
let isSavingItself = false;
let isBeingSaved = false;

function onceSaved(act) {
  let isOver = false;
  const once = () => {
    if (isOver) return;
    isOver = true;
    act();
  };
  for (const end of ENDS) document.addEventListener(end, once, { once: true });
  setTimeout(once, PATIENCE_MS);
}

function saveLater(form, submitter) {
  // The button is out of action while its progress is shown, and what is out of action is not sent.
  if (submitter && submitter.name) {
    const pressed = document.createElement("input");
    pressed.type = "hidden";
    pressed.name = submitter.name;
    pressed.value = submitter.value;
    form.append(pressed);
  }
  onceSaved(() => {
    isSavingItself = false;
    form.requestSubmit();
  });
}

document.addEventListener("w-autosave:save", (event) => {
  if (isBeingSaved) event.preventDefault();
  else isSavingItself = true;
});

for (const end of ENDS) {
  document.addEventListener(end, () => {
    isSavingItself = false;
  });
}

document.addEventListener(
  "submit",
  (event) => {
    const { target: form, submitter } = event;
    if (!form.matches('form[data-controller~="w-autosave"]')) return;
    isBeingSaved = true;
    if (isSavingItself) {
      event.preventDefault();
      event.stopImmediatePropagation();
      saveLater(form, submitter);
      return;
    }
    // Somebody else may hold it back: to ask whether a colleague's version is to be overwritten.
    setTimeout(() => {
      isBeingSaved = !event.defaultPrevented;
    });
  },
  true,
);
