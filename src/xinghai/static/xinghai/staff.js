// The staff frame: navigation that folds and is remembered, and keys that work a list.

const FOLDED = "xinghai.staff.folded";
const frame = document.getElementById("staff-frame");
const fold = document.querySelector("[data-fold]");

function setFolded(folded) {
  frame.toggleAttribute("data-folded", folded);
  fold.setAttribute("aria-expanded", String(!folded));
}

if (frame && fold) {
  fold.hidden = false;
  setFolded(localStorage.getItem(FOLDED) === "yes");
  fold.addEventListener("click", () => {
    const folded = !frame.hasAttribute("data-folded");
    setFolded(folded);
    localStorage.setItem(FOLDED, folded ? "yes" : "no");
  });
}

const rows = () => [...document.querySelectorAll("[data-row]")];

// A table's row can be selected, an item of a list is the current one.
const mark = (row) => (row.matches("tr") ? "aria-selected" : "aria-current");

function move(step) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.getAttribute(mark(row)) === "true");
  const next = all[Math.min(Math.max(now + step, 0), all.length - 1)];
  for (const row of all) row.setAttribute(mark(row), String(row === next));
  const link = next.querySelector("a");
  link?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  if (window.matchMedia("(min-width: 1200px)").matches) link?.click();
}

// Just after a dialog closes the focus may still be inside it: that is not typing any more.
function typing(element) {
  const dialog = element.closest("dialog");
  const text = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
  return dialog ? dialog.open : element.closest(text);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target)) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "?") document.getElementById("keys")?.showModal();
  else if (/^[a-z]$/.test(event.key)) {
    const action = document.querySelector(`[data-key="${event.key}"]:not(:disabled)`);
    if (!action) return;
    if (action.matches("input, textarea")) action.focus();
    else action.click();
  } else return;
  event.preventDefault();
});
