// The page a suggestion is written on: who will receive it stands at the domain too, and follows it.

const header = document.querySelector("[data-receiver]");
const under = document.querySelector('[data-field="domain"] .field-under');
const here = document.createElement("span");
here.className = "saved-from";
here.setAttribute("aria-live", "polite");
here.textContent = header?.textContent ?? "";
under?.prepend(here);

document.addEventListener("answers:saved", (event) => {
  const { receiver } = event.detail;
  if (!receiver) return;
  for (const place of [header, here]) if (place) place.textContent = receiver;
});
