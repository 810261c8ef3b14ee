// The bureau's lists: a row is read beside the list, decided there, and the next one opens.
// Everything here is a shortcut: without it each link and button leads to a page of its own.

const wide = window.matchMedia("(min-width: 1200px)");
const place = `xinghai.desk.${location.pathname}${location.search}`;
const pane = () => document.getElementById("pane");
const rows = () => [...document.querySelectorAll("[data-row]")];
const selected = () => document.querySelector('[data-row][aria-current="true"]');

let turn = 0;

function select(row) {
  for (const one of rows()) one.setAttribute("aria-current", String(one === row));
}

function headed(body) {
  return body ? { method: "POST", body, headers: { "HX-Request": "true" } } : { headers: { "HX-Request": "true" } };
}

// Only the last asked-for page is shown: pressing j three times reads the third row.
async function ask(address, body) {
  const mine = ++turn;
  pane().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, headed(body));
    const text = await answer.text();
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    return mine === turn ? { text, address: answer.url } : null;
  } finally {
    if (mine === turn) pane().removeAttribute("aria-busy");
  }
}

function show(text) {
  pane().innerHTML = text;
  pane().scrollTop = 0;
}

// A page with a list of its own is a list; anything else with a frame belongs in the window.
function framed(text) {
  return /<html[\s>]/i.test(text.slice(0, 2000)) ? new DOMParser().parseFromString(text, "text/html") : null;
}

async function read(row) {
  const link = row?.querySelector("a[data-pane]");
  if (!link) return;
  select(row);
  try {
    const got = await ask(link.href);
    if (!got) return;
    if (framed(got.text)) window.location.assign(link.href);
    else show(got.text);
  } catch {
    window.location.assign(link.href);
  }
}

function renew(page) {
  for (const id of ["list", "toasts"]) {
    const [now, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (now && fresh) now.innerHTML = fresh.innerHTML;
  }
  const counts = ".staff-nav ul, .site-nav ul";
  const [menu, fresh] = [document.querySelector(counts), page.querySelector(counts)];
  if (menu && fresh) menu.innerHTML = fresh.innerHTML;
  keepOrder();
  prepare();
}

// A decision may move a row to another place of the list; while one works, the order stands still.
let order = [];
function keepOrder() {
  const known = new Set(order);
  const all = rows();
  order.push(...all.map((row) => row.dataset.row).filter((pk) => !known.has(pk)));
  const rank = (row) => order.indexOf(row.dataset.row);
  all.sort((one, other) => rank(one) - rank(other));
  all[0]?.parentElement.append(...all);
}

// After a decision: the same row where it should stay and still does, else the one that follows.
function go(to) {
  const all = rows();
  const kept = to.stays && all.find((row) => row.dataset.row === to.pk);
  const moved = to.after.map((pk) => all.find((row) => row.dataset.row === pk)).find(Boolean);
  const row = kept || moved || all[Math.min(to.index, all.length - 1)];
  if (!row) {
    pane().replaceChildren();
    document.querySelector("#list a, #list button")?.focus({ preventScroll: true });
    return;
  }
  row.querySelector("a[data-pane]")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  read(row);
}

async function send(form, submitter) {
  const all = rows();
  const index = Math.max(all.indexOf(selected()), 0);
  const to = {
    pk: all[index]?.dataset.row,
    index,
    stays: form.dataset.desk === "stay",
    after: all.slice(index + 1).map((row) => row.dataset.row),
  };
  const body = new FormData(form, submitter);
  try {
    const got = await ask(form.action, body);
    if (!got) return;
    const page = framed(got.text);
    if (page?.getElementById("list")) {
      renew(page);
      go(to);
    } else if (page) {
      window.location.assign(got.address);
    } else {
      show(got.text);
      pane().querySelector(".error-summary, .notice")?.scrollIntoView({ block: "nearest" });
      if (to.stays) await refresh(to.pk);
      else first(pane())?.focus();
    }
  } catch {
    // The answer did not come: the ordinary way shows what happened; its key decides only once.
    delete form.dataset.desk;
    form.requestSubmit(submitter ?? undefined);
  }
}

// The list beside an unchanged pane: counts and marks may have changed.
async function refresh(pk) {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = framed(await answer.text());
  if (!page?.getElementById("list")) return;
  renew(page);
  const row = rows().find((one) => one.dataset.row === pk);
  if (row) {
    select(row);
    // Whoever has begun to write meanwhile keeps the pen.
    if (!typing(document.activeElement)) row.querySelector("a[data-pane]")?.focus({ preventScroll: true });
  }
}

function first(part) {
  return part.querySelector(
    "form[data-desk] input:not([type=hidden]), form[data-desk] textarea, form[data-desk] select, form[data-desk] button",
  );
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-pane], #pane a[data-desk]");
  if (!link || !pane() || !wide.matches) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (link.matches("[data-pane]")) {
    read(link.closest("[data-row]"));
    return;
  }
  try {
    const got = await ask(link.href);
    if (!got) return;
    if (framed(got.text)) window.location.assign(link.href);
    else {
      show(got.text);
      first(pane())?.focus();
    }
  } catch {
    window.location.assign(link.href);
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("#pane form[data-desk]") || !wide.matches) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  send(form, event.submitter);
}, true);

// Choosing rows: how many, all of this page, and the key x.
function count() {
  const boxes = [...document.querySelectorAll("input[name=chosen]:not(:disabled)")];
  const chosen = boxes.filter((box) => box.checked).length;
  const words = document.querySelector("[data-count]");
  if (words) words.textContent = chosen ? words.dataset.count.replace("{n}", String(chosen)) : "";
  const all = document.querySelector("[data-all] input");
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  const every = Boolean(document.querySelector("input[name=everything]")?.checked);
  document.querySelector("[data-bulk]")?.toggleAttribute("data-some", chosen > 0 || every);
  for (const button of document.querySelectorAll("[data-needs-some]")) button.disabled = !chosen && !every;
}

function prepare() {
  const all = document.querySelector("[data-all]");
  if (all) all.hidden = false;
  count();
}

document.addEventListener("change", (event) => {
  if (event.target.closest("[data-all]")) {
    for (const box of document.querySelectorAll("input[name=chosen]:not(:disabled)")) box.checked = event.target.checked;
  }
  if (event.target.matches("[data-every]")) {
    for (const box of document.querySelectorAll("input[name=chosen]")) box.checked = event.target.checked && "ready" in box.dataset;
  } else if (event.target.closest("#many")) {
    // Somebody chooses one by one: only what is ticked is meant.
    const every = document.querySelector("[data-every]");
    if (every) every.checked = false;
  }
  if (event.target.closest("#many")) count();
});

function typing(element) {
  return element.closest("textarea, select, [contenteditable], dialog, input:not([type=checkbox])");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && event.target.closest("#pane form")) {
    event.target.blur();
    selected()?.querySelector("a[data-pane]")?.focus({ preventScroll: true });
    return;
  }
  if (typing(event.target)) return;
  if (event.key === "x") {
    const box = selected()?.querySelector("input[name=chosen]");
    if (box) {
      box.checked = !box.checked;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
  } else if (event.key === "o") selected()?.querySelector("a[data-pane]")?.click();
  else if (event.key === "/") document.getElementById("filter-q")?.focus();
  else return;
  event.preventDefault();
});

// The list keeps its place when one comes back to it from a page.
window.addEventListener("pagehide", () => {
  sessionStorage.setItem(place, JSON.stringify({ y: window.scrollY, pk: selected()?.dataset.row ?? "" }));
});
document.addEventListener("click", (event) => {
  const row = event.target.closest("a[data-pane]")?.closest("[data-row]");
  if (row) select(row);
});

keepOrder();
prepare();
const before = JSON.parse(sessionStorage.getItem(place) ?? "{}");
if (before.y) window.scrollTo({ top: before.y, behavior: "instant" });
const start = rows().find((row) => row.dataset.row === before.pk) ?? rows()[0];
if (start) {
  if (wide.matches) read(start);
  else select(before.pk ? start : null);
}
