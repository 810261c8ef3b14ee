// What the sign-in library's script could not do is said on the page, in its language.

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.querySelector("[data-passkey-problem]");
  if (place) place.hidden = false;
});
