// The page a suggestion is written on: who will receive it stands at the domain too, and follows it.

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
