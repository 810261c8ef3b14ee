// The page a suggestion is written on: who will receive it follows the chosen domain.

document.addEventListener("answers:saved", (event) => {
  const { receiver } = event.detail;
  if (!receiver) return;
  for (const place of document.querySelectorAll("[data-receiver], [data-foot-note]")) {
    place.textContent = receiver;
  }
});
