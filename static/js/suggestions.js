// Suggestions under a text box, as the ARIA combobox pattern has them: arrow keys
// move, Enter takes, Escape closes, and what was typed stays when nothing is taken.
//
// <input data-suggestions="/skills/suggestions/?kind=skill"> asks that address with
// &q=… and expects [{"value", "label", "hint", "href"}]. A suggestion with href is
// opened; any other is written into the box, and submits its form when the box has
// data-suggestions-submit.

const WAIT = 150; // milliseconds without a key before asking

export function suggest(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "app-options app-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  const status = document.createElement("p");
  status.className = "govuk-visually-hidden";
  status.setAttribute("role", "status");
  // Under the row in which the box stands, as wide as that row.
  const row = input.closest(".app-find") ?? input.parentElement;
  row.classList.add("app-suggests");
  row.append(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off";

  let options = [];
  let current = -1;
  let timer = 0;
  let asked = null;

  const close = () => {
    asked?.abort();
    clearTimeout(timer);
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (index) => {
    current = index;
    [...list.children].forEach((item, place) => {
      item.setAttribute("aria-selected", String(place === current));
    });
    if (current < 0) {
      input.removeAttribute("aria-activedescendant");
    } else {
      input.setAttribute("aria-activedescendant", list.children[current].id);
      list.children[current].scrollIntoView({ block: "nearest" });
    }
  };

  const take = (option) => {
    close();
    if (option.href) {
      window.location.assign(option.href);
      return;
    }
    input.value = option.value;
    input.dispatchEvent(new CustomEvent("suggestion", { bubbles: true, detail: option }));
    if ("suggestionsSubmit" in input.dataset) {
      input.form.requestSubmit();
    }
  };

  const show = (found) => {
    options = found;
    list.replaceChildren(...options.map((option, index) => item(list.id, option, index)));
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(options.length > 0));
    mark(-1);
    const number = options.length;
    status.textContent =
      number === 1 ? "1 suggestion" : number ? `${number} suggestions` : "";
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const address = new URL(input.dataset.suggestions, window.location.href);
    address.searchParams.set("q", input.value.trim());
    try {
      const answer = await fetch(address, {
        headers: { Accept: "application/json" },
        signal: asked.signal,
      });
      if (answer.ok) {
        show((await answer.json()).suggestions);
      }
    } catch {
      close(); // no network, or a newer question: the form works without
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) {
      close();
      return;
    }
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) {
      return;
    }
    const last = options.length - 1;
    if (event.key === "ArrowDown") {
      mark(current < last ? current + 1 : 0);
    } else if (event.key === "ArrowUp") {
      mark(current > 0 ? current - 1 : last);
    } else if (event.key === "Escape") {
      close();
    } else if (event.key === "Enter" && current >= 0) {
      take(options[current]);
    } else {
      return;
    }
    event.preventDefault();
  });
  // Before the box loses the focus to it.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const pressed = event.target.closest("[role=option]");
    if (pressed) {
      take(options[[...list.children].indexOf(pressed)]);
    }
  });
  input.addEventListener("blur", close);
}

function item(listId, { label, hint }, index) {
  const element = document.createElement("li");
  element.id = `${listId}-${index}`;
  element.className = "app-options__item";
  element.setAttribute("role", "option");
  element.append(Object.assign(document.createElement("span"), { textContent: label }));
  if (hint) {
    element.append(
      Object.assign(document.createElement("span"), {
        className: "app-quiet",
        textContent: hint,
      }),
    );
  }
  return element;
}
