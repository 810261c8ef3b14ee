// The page a record is written on: who will receive it stands at the domain too, and follows it.

const header = document.querySelector("[data-receiver]");
const under = document.querySelector('[data-field="domain"] .field-under');
const here = document.createElement("span");
here.className = "saved-from";
here.setAttribute("aria-live", "polite");
here.textContent = header?.textContent ?? "";
under?.prepend(here);

// Whoever changes sides fills another part: the server shows which, once it knows.
let changedSides = false;
if (document.querySelector("#partners[data-two-sided]")) {
  document.addEventListener("change", (event) => {
    changedSides ||= event.target.name === "unit_side";
  });
}

document.addEventListener("answers:saved", (event) => {
  const { receiver } = event.detail;
  if (changedSides) return location.reload();
  if (!receiver) return;
  for (const place of [header, here]) if (place) place.textContent = receiver;
});

// Earlier suggestions like this one, told under the title: never in the way, put away for good.
const place = document.querySelector("[data-near-place]");
const away = `xinghai.near.${location.pathname}`;
if (place) {
  document.querySelector('[data-field="title"]')?.append(place);
  place.addEventListener("htmx:afterSwap", () => {
    const told = place.querySelector("[data-near]");
    if (told && told.dataset.near === sessionStorage.getItem(away)) told.remove();
  });
  place.addEventListener("click", (event) => {
    if (!event.target.closest("[data-near-close]")) return;
    const told = place.querySelector("[data-near]");
    sessionStorage.setItem(away, told.dataset.near);
    told.remove();
    document.querySelector("[name=title]")?.focus();
  });
}
