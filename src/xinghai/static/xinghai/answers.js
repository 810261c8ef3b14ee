// Answers between the page and JSON. Names say where a value belongs: title, keywords[],
// period[start], team[0][name]; kernel/request_data.py reads an ordinary post by the same rule.

function place(tree, name, steps, values) {
  if (steps.length === 0) tree[name] = values[values.length - 1];
  else if (steps.length === 1 && steps[0] === "") tree[name] = values;
  else place((tree[name] ??= {}), steps[0], steps.slice(1), values);
}

function closed(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  if (keys.length && keys.every((key) => /^\d+$/.test(key))) {
    return keys.sort((a, b) => a - b).map((key) => closed(value[key]));
  }
  return Object.fromEntries(keys.map((key) => [key, closed(value[key])]));
}

export function readAnswers(form) {
  const data = new FormData(form);
  const tree = {};
  for (const name of new Set(data.keys())) {
    const found = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
    const values = data.getAll(name).filter((value) => typeof value === "string");
    if (!found || !values.length) continue;
    const steps = [...found[2].matchAll(/\[([^[\]]*)\]/g)].map((step) => step[1]);
    place(tree, found[1], steps, values);
  }
  return Object.fromEntries(
    data.getAll("__field").map((field) => [field, closed(tree[field] ?? "")]),
  );
}

function flatten(name, value, into) {
  if (Array.isArray(value)) {
    // Tags stand in one control, joined; lists of controls take their values one by one.
    if (value.every((one) => typeof one !== "object")) into[name] = [value.join("、")];
    value.forEach((one, number) => {
      if (one !== null && typeof one === "object") flatten(`${name}[${number}]`, one, into);
      else (into[`${name}[]`] ??= []).push(String(one));
    });
  } else if (value !== null && typeof value === "object") {
    for (const [key, one] of Object.entries(value)) flatten(`${name}[${key}]`, one, into);
  } else into[name] = [value === null || value === undefined ? "" : String(value)];
}

function fill(control, given) {
  const values = given[control.name] ?? [];
  if (control.type === "file" || control.name === "__field") return;
  if (control.type === "checkbox" || control.type === "radio") {
    control.checked = values.includes(control.value);
  } else if (control.name.endsWith("[]")) control.value = values.shift() ?? "";
  else control.value = values[0] ?? "";
}

// Put answers (as readAnswers gave them) back into the controls. Tables, tags and files listen to
// `answers:write` on their field, make room first, and redraw on `answers:written`.
export function writeAnswers(form, answers) {
  for (const place of form.querySelectorAll("[data-field]")) {
    const name = place.dataset.field;
    if (!(name in answers)) continue;
    place.dispatchEvent(new CustomEvent("answers:write", { detail: answers[name] }));
    const given = {};
    flatten(name, answers[name], given);
    for (const control of place.querySelectorAll("input, select, textarea")) {
      if (!control.closest("[data-drop]")) fill(control, given);
    }
    place.dispatchEvent(new CustomEvent("answers:written"));
  }
}

export const sameAnswers = (one, other) => JSON.stringify(tidy(one)) === JSON.stringify(tidy(other));

function tidy(value) {
  if (Array.isArray(value)) return value.map(tidy).filter((one) => one !== null);
  if (value === "" || value === null || value === undefined) return null;
  if (typeof value !== "object") return String(value).replace(/\r\n/g, "\n");
  const kept = Object.entries(value)
    .map(([key, one]) => [key, tidy(one)])
    .filter(([, one]) => one !== null && !(Array.isArray(one) && !one.length))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return kept.length ? Object.fromEntries(kept) : null;
}
