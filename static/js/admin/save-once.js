// A page saves itself half a second after the last key. Whoever presses "Save draft" just then would have a new page
// made twice, or be told that its address is taken. So the button waits until the page has saved itself.
const PATIENCE_MS = 8000;
const ENDS = ["w-autosave:success", "w-autosave:error"];
let isSaving = false;

function afterSaving(act) {
  let isOver = false;
  const once = () => {
    if (isOver) return;
    isOver = true;
    isSaving = false;
    act();
  };
  for (const end of ENDS) document.addEventListener(end, once, { once: true });
  setTimeout(once, PATIENCE_MS);
}

document.addEventListener("w-autosave:save", (event) => {
  isSaving = !event.defaultPrevented;
});

for (const end of ENDS) {
  document.addEventListener(end, () => {
    isSaving = false;
  });
}

document.addEventListener(
  "submit",
  (event) => {
    const { target: form, submitter } = event;
    if (!isSaving || !form.matches('form[data-controller~="w-autosave"]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // The button is out of action while its progress is shown, and what is out of action is not sent.
    if (submitter && submitter.name) {
      const pressed = document.createElement("input");
      pressed.type = "hidden";
      pressed.name = submitter.name;
      pressed.value = submitter.value;
      form.append(pressed);
    }
    afterSaving(() => form.requestSubmit());
  },
  true,
);
