// Two texts side by side: a passage that is chosen comes into view in both; n and p walk through them.

const columns = document.querySelector(".alike-columns");
const links = [...document.querySelectorAll(".alike-list a[data-passage]")];
const tools = document.querySelector("[data-tools]");
const together = document.querySelector("[data-together]");
const words = document.querySelector("[data-place]");
const narrow = window.matchMedia("(max-width: 767.98px)");
// A passage comes to stand a little below the head of its column.
const ROOM = 72;

let now = -1;
let moved = null;
const heights = new Map();

function pieces(number) {
  return [...columns.querySelectorAll(`.alike-mark[data-passage="${number}"]`)];
}

function showSide(side) {
  columns.dataset.showing = side;
  for (const one of tools.querySelectorAll("[data-side]")) {
    one.setAttribute("aria-pressed", String(one.dataset.side === side));
  }
}

function scroll(mark) {
  const column = mark.closest(".alike-column");
  if (narrow.matches) {
    mark.scrollIntoView({ block: "center", behavior: "instant" });
    return;
  }
  const top = mark.getBoundingClientRect().top - column.getBoundingClientRect().top;
  column.scrollTo({ top: column.scrollTop + top - ROOM, behavior: "instant" });
  heights.set(column, column.scrollTop);
}

function walk(index, side) {
  now = Math.min(Math.max(index, 0), links.length - 1);
  const number = links[now].dataset.passage;
  for (const [at, link] of links.entries()) {
    if (at === now) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const mark of columns.querySelectorAll(".alike-mark.is-current")) mark.classList.remove("is-current");
  for (const mark of pieces(number)) mark.classList.add("is-current");
  links[now].scrollIntoView({ block: "nearest", inline: "center" });
  if (words) words.textContent = words.dataset.place.replace("{n}", number).replace("{all}", String(links.length));
  if (side) showSide(side);
  for (const one of ["here", "there"]) {
    const mark = document.getElementById(`${one}-${number}`);
    if (mark && (!narrow.matches || columns.dataset.showing === one)) scroll(mark);
  }
  if (!narrow.matches) {
    const place = columns.getBoundingClientRect();
    if (place.top < 0 || place.top > window.innerHeight / 2) columns.scrollIntoView({ block: "start" });
  }
}

// Both columns move by the same amount: from a passage on, one reads the two in step.
function inStep(column) {
  const by = column.scrollTop - (heights.get(column) ?? 0);
  heights.set(column, column.scrollTop);
  if (!together.checked || column !== moved || narrow.matches) return;
  const other = [...columns.querySelectorAll(".alike-column")].find((one) => one !== column);
  other.scrollTop += by;
  heights.set(other, other.scrollTop);
}

if (columns && tools) {
  columns.classList.add("is-switched");
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const side = event.target.closest("[data-side]")?.dataset.side;
    if (!side) return;
    showSide(side);
    if (now >= 0) walk(now);
  });
  for (const column of columns.querySelectorAll(".alike-column")) {
    for (const touch of ["pointerenter", "focusin", "touchstart", "wheel"]) {
      column.addEventListener(touch, () => { moved = column; }, { passive: true });
    }
    column.addEventListener("scroll", () => inStep(column), { passive: true });
  }
}

if (links.length) {
  tools.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (step) walk(now + Number(step.dataset.step));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-passage]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const index = links.findIndex((one) => one.dataset.passage === link.dataset.passage);
    if (index >= 0) walk(index, narrow.matches ? link.dataset.across : undefined);
  });
  const asked = /^#(here|there)-(\d+)$/.exec(location.hash);
  const index = asked ? links.findIndex((one) => one.dataset.passage === asked[2]) : -1;
  if (index >= 0) walk(index, asked[1]);
}
