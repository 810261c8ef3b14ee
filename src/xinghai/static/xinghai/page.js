// What every page does: dialogs, toasts, menus, countdowns. Each page works without it.

export const csrfToken = () =>
  document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

function openDialog(id, trigger) {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement)) return;
  dialog.addEventListener("close", () => trigger?.focus(), { once: true });
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  const opener = target.closest("[data-dialog]");
  if (opener) openDialog(opener.dataset.dialog, opener);
  if (target.closest("[data-close]")) target.closest("dialog")?.close();
  if (target.closest("[data-dismiss]")) target.closest("[data-toast]")?.remove();
  if (target.closest("[data-print]")) window.print();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

// What went well leaves by itself, unless somebody is on it; what went wrong stays until closed.
const TOAST_STAYS = 8000;
const toasts = document.getElementById("toasts");
function letLeave() {
  for (const toast of toasts?.querySelectorAll("[data-toast]:not(.notice-problem, [data-timed])") ?? []) {
    toast.dataset.timed = "";
    const leave = () => {
      if (toast.matches(":hover, :focus-within")) setTimeout(leave, 1000);
      else toast.remove();
    };
    setTimeout(leave, TOAST_STAYS);
  }
}
letLeave();
if (toasts) new MutationObserver(letLeave).observe(toasts, { childList: true });

// A second click on the button of a plain form sends nothing twice; the server's key guards too.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

function tick(clock) {
  const minutes = Math.floor((Date.parse(clock.dateTime) - Date.now()) / 60000);
  const { days, hours, minutes: few, over } = clock.dataset;
  let words = over;
  if (minutes >= 1440) words = days;
  else if (minutes >= 60) words = hours;
  else if (minutes >= 0) words = few;
  const text = words
    .replace("{d}", String(Math.floor(minutes / 1440)))
    .replace("{h}", String(Math.floor(minutes / 60) % 24))
    .replace("{m}", String(minutes >= 60 ? minutes % 60 : Math.max(minutes, 1)));
  const place = clock.querySelector("span");
  if (place && place.textContent !== text) place.textContent = text;
}
const clocks = document.querySelectorAll("[data-countdown]");
if (clocks.length) setInterval(() => clocks.forEach(tick), 30000);

// On a phone bars of links slide: the link of this page is in sight.
for (const link of document.querySelectorAll("nav a[aria-current]")) {
  const bar = link.closest("ul");
  for (const box of [bar, bar?.parentElement]) {
    if (box && box.scrollWidth > box.clientWidth) {
      box.scrollLeft += link.getBoundingClientRect().right - box.getBoundingClientRect().right + 16;
    }
  }
}

// A link from a message or a letter ends in `read=<its number>`: opening the page reads it.
const opened = /[#&]read=(\d+)$/.exec(location.hash);
if (opened && csrfToken()) {
  const own = location.hash.slice(0, opened.index);
  history.replaceState(history.state, "", location.pathname + location.search + own);
  document.getElementById(own.slice(1))?.scrollIntoView();
  fetch("/my/notices/read/", {
    method: "POST",
    keepalive: true,
    headers: { "X-CSRFToken": csrfToken() },
    body: new URLSearchParams({ notice: opened[1] }),
  });
}

for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
document.querySelector("[data-focus]")?.focus();

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrfToken();
});
