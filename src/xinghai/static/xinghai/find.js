// The frame's search: offers what is found while one types; arrows choose, Enter opens, Escape closes.
// Without it the same field searches everything the bureau received.

const form = document.querySelector("[data-find]");
const field = form?.querySelector("input");
const list = form?.querySelector("[role=listbox]");
const PAUSE = 250;

let timer = 0;
let turn = 0;
let at = -1;

const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];

function close() {
  turn += 1;
  clearTimeout(timer);
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
  at = -1;
}

function choose(index) {
  const all = options();
  if (!all.length) return;
  at = (index + all.length + 1) % (all.length + 1);
  for (const [place, one] of all.entries()) one.setAttribute("aria-selected", String(place === at));
  // One step beyond the last is the field itself: what was typed is searched for.
  if (at === all.length) field.removeAttribute("aria-activedescendant");
  else {
    field.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  }
}

async function offer() {
  const text = field.value.trim();
  if (!text) return close();
  const mine = ++turn;
  try {
    const answer = await fetch(`${form.dataset.find}?${new URLSearchParams({ q: text })}`, {
      headers: { "HX-Request": "true" },
    });
    if (!answer.ok || mine !== turn) return;
    list.innerHTML = await answer.text();
    if (mine !== turn) return;
    at = options().length;
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    field.removeAttribute("aria-activedescendant");
  } catch {
    close();
  }
}

if (form) {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(offer, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      if (list.hidden) return;
      event.preventDefault();
      close();
    } else if (list.hidden) return;
    else if (event.key === "ArrowDown") {
      event.preventDefault();
      choose(at + 1);
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      choose(at - 1);
    } else if (event.key === "Enter" && options()[at]) {
      event.preventDefault();
      window.location.assign(options()[at].dataset.href);
    }
  });
  form.addEventListener("submit", (event) => {
    if (!field.value.trim()) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const option = event.target.closest("[data-href]");
    if (option && list.contains(option)) window.location.assign(option.dataset.href);
    else if (!form.contains(event.target)) close();
  });
  // The pointer chooses without taking the field's focus.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
  });
  // Lists have a search of their own, which the key leads to there.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.getElementById("filter-q") || event.target.closest("input, textarea, select, dialog")) return;
    event.preventDefault();
    field.focus();
  });
}
