// Shows what the server's examination says: at the fields, in the rail, in the pre-check.

const words = () => document.getElementById("form-words").dataset;

export function drawIcon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", words().icons + name);
  svg.append(use);
  return svg;
}

const STATE_ICONS = {
  empty: "circle-dashed",
  begun: "circle-dot",
  problem: "alert-circle",
  complete: "circle-check",
};

function showSection(section) {
  const item = document.querySelector(`[data-section="${CSS.escape(section.id)}"]`);
  if (!item) return;
  item.dataset.state = section.state;
  item.querySelector(".icon")?.replaceWith(drawIcon(STATE_ICONS[section.state]));
  item.querySelector("[data-progress]").textContent = `${section.filled}/${section.total}`;
  const key = `state${section.state[0].toUpperCase()}${section.state.slice(1)}`;
  item.querySelector("[data-state-words]").textContent = words()[key];
}

function problemLine(problem) {
  const line = document.createElement("p");
  line.className = problem.severity === "warn" ? "field-problem is-warn" : "field-problem";
  const text = document.createElement("span");
  text.textContent = problem.message;
  line.append(drawIcon("alert-circle"), text);
  return line;
}

function showAtFields(form, problems) {
  const marked = new Map();
  for (const problem of problems) {
    const place = document.getElementById(`${problem.target}-problems`);
    const where = place ?? document.getElementById(`f-${problem.field}-problems`);
    if (where) marked.set(where, [...(marked.get(where) ?? []), problem]);
  }
  for (const place of form.querySelectorAll("[data-problems]")) {
    const found = marked.get(place) ?? [];
    const before = place.textContent.trim();
    const after = found.map((problem) => problem.message).join("");
    if (before !== after) place.replaceChildren(...found.map(problemLine));
  }
  for (const field of form.querySelectorAll("[data-field]")) {
    const own = problems.filter((problem) => problem.field === field.dataset.field);
    const broken = own.some((problem) => problem.severity === "block");
    field.classList.toggle("has-problem", broken);
    field.classList.toggle("has-warning", own.length > 0 && !broken);
    const control = document.getElementById(field.dataset.id);
    if (broken) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
  }
}

function precheckRow(template, problem) {
  const row = template.content.firstElementChild.cloneNode(true);
  row.className = `is-${problem.severity}`;
  const link = row.querySelector("a");
  link.href = `#${problem.target}`;
  link.textContent = problem.label;
  row.querySelector("[data-message]").textContent = problem.message;
  if (problem.source) {
    row.querySelector("[data-source]").textContent = problem.source;
    row.querySelector("small").hidden = false;
  }
  return row;
}

function showPrecheck(report) {
  const panel = document.querySelector("[data-precheck]");
  if (!panel) return;
  const template = panel.querySelector("[data-precheck-row]");
  const list = panel.querySelector("[data-precheck-list]");
  list.replaceChildren(...report.problems.map((problem) => precheckRow(template, problem)));
  const { blocking, warnings, clean, precheck, advised } = words();
  const more = panel.querySelector("[data-precheck-advised]");
  more.hidden = report.advised === 0;
  more.textContent = advised.replace("{n}", report.advised);
  let summary = clean;
  if (report.blocking) summary = blocking.replace("{n}", report.blocking);
  else if (report.warnings) summary = warnings;
  panel.querySelector("[data-precheck-summary]").textContent = summary;
  const count = document.querySelector("[data-precheck-count]");
  count.classList.toggle("chip-waiting", report.blocking > 0);
  count.classList.toggle("chip-good", report.blocking === 0);
  count.querySelector("span").textContent = `${precheck} ${report.blocking}`;
}

export function showReport(form, report) {
  report.sections.forEach(showSection);
  const all = "showMissing" in form.dataset;
  showAtFields(
    form,
    report.problems.filter((problem) => all || problem.nature !== "missing"),
  );
  showPrecheck(report);
}
