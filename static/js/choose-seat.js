// Narrows the list of constituencies while somebody types. Without a script it is a plain list.

const MOST_ROWS = 8;

/** Letters as people type them: without accents, case and punctuation. */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function offerFilter(form) {
  const select = form.querySelector("select");
  const box = form.querySelector("[data-seat-filter]");
  const input = box.querySelector("input");
  const news = box.querySelector("[data-seat-news]");
  const groups = [...select.querySelectorAll("optgroup")].map((group) => ({
    group,
    options: [...group.children].map((option) => ({ option, words: ` ${folded(option.textContent)}` })),
  }));
  const first = select.options[0];

  function narrow() {
    const wanted = folded(input.value);
    const chosen = select.value;
    // Taken out and put back, because not every browser can hide a line of a list.
    let found = [];
    for (const { group, options } of groups) {
      const fitting = options.filter(({ words }) => words.includes(` ${wanted}`)).map(({ option }) => option);
      group.replaceChildren(...fitting);
      found = found.concat(fitting);
    }
    select.replaceChildren(first, ...groups.map(({ group }) => group).filter((group) => group.children.length));
    if (wanted) select.size = MOST_ROWS;
    else select.removeAttribute("size");
    select.value = wanted && found.length === 1 ? found[0].value : chosen;
    if (select.selectedIndex < 0) select.value = "";
    const { one, many, none } = news.dataset;
    if (!wanted) news.textContent = "";
    else if (found.length === 1) news.textContent = one;
    else news.textContent = found.length ? many.replace("%", found.length) : none;
  }

  input.addEventListener("input", narrow);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      select.focus();
    }
  });
  box.hidden = false;
}

document.querySelectorAll("[data-choose-seat]").forEach(offerFilter);
