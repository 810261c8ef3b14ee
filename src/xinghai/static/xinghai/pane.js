// A list beside a reading pane: from 1200 px a click on a row's link reads it in the pane.
// Without this script, or on a narrower screen, the link opens the page.

const pane = document.getElementById("pane");
const wide = window.matchMedia("(min-width: 1200px)");

async function read(link) {
  const row = link.closest("[data-row]");
  for (const other of document.querySelectorAll("[data-row]")) {
    other.setAttribute("aria-selected", String(other === row));
  }
  pane.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    pane.innerHTML = await answer.text();
    pane.scrollTop = 0;
  } catch {
    window.location.assign(link.href);
  } finally {
    pane.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-pane]");
  if (!link || !pane || !wide.matches) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  read(link);
});

// A button of many rows that cannot be taken back asks once more.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-sure]");
  if (!button) return;
  const chosen = button.form.querySelectorAll("input[name=chosen]:checked").length;
  if (chosen && !window.confirm(`${button.dataset.sure} (${chosen})`)) event.preventDefault();
});
