// Controls that grow: counters, conditions, repeating rows, tags, readiness levels.

import { readAnswers } from "./answers.js";

export const announce = (element) =>
  element.dispatchEvent(new Event("change", { bubbles: true }));

const lengthOf = (text) => [...text.replace(/\r\n/g, "\n").trim().normalize("NFC")].length;

export function count(form, only) {
  for (const counter of form.querySelectorAll("[data-counter]")) {
    const control = document.getElementById(counter.dataset.counter);
    if (!control || (only && only !== control)) continue;
    const now = lengthOf(control.value ?? "");
    const limit = Number(counter.dataset.limit);
    const over = now - limit;
    const words = document.getElementById("form-words").dataset.over;
    counter.classList.toggle("is-over", over > 0);
    counter.textContent =
      over > 0 ? `${now} / ${limit} · ${words.replace("{n}", over)}` : `${now} / ${counter.dataset.lengths}`;
  }
}

export function applyConditions(form) {
  const asked = form.querySelectorAll("[data-when-field]");
  if (!asked.length) return;
  const answers = readAnswers(form);
  for (const field of asked) {
    const given = answers[field.dataset.whenField];
    const wanted = field.dataset.whenValues.split("|");
    field.hidden = ![given].flat().some((one) => wanted.includes(String(one)));
    const item = document.querySelector(`[data-section="${field.id.replace("section-", "")}"]`);
    if (item && field.id.startsWith("section-")) item.hidden = field.hidden;
  }
}

function renumber(body, name) {
  const pattern = new RegExp(`^(${name.replace(/[\]\\.[$]/g, "\\$&")}\\[)[^\\]]*(\\].*)$`);
  [...body.rows].forEach((row, number) => {
    for (const element of row.querySelectorAll("[name], [id], [for]")) {
      for (const attribute of ["name", "id", "for"]) {
        const text = element.getAttribute(attribute);
        if (!text) continue;
        const found = attribute === "name" ? pattern.exec(text) : null;
        const renamed = found
          ? `${found[1]}${number}${found[2]}`
          : text.replace(/^(f-.+?-)(\d+|__row__)(-.+)$/, `$1${number}$3`);
        if (renamed !== text) element.setAttribute(attribute, renamed);
      }
    }
  });
}

function setUpTable(table) {
  const body = table.querySelector("tbody");
  const blank = table.querySelector("template[data-blank]");
  const most = Number(table.dataset.most ?? Infinity);
  const adder = table.querySelector("[data-add-row]");
  const settle = () => {
    renumber(body, table.dataset.table);
    adder.hidden = body.rows.length >= most;
  };
  const add = () => {
    body.append(blank.content.cloneNode(true));
    settle();
    return body.rows[body.rows.length - 1];
  };
  adder.type = "button";
  adder.addEventListener("click", () => add().querySelector("input, select, textarea")?.focus());
  body.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove-row]");
    if (!button) return;
    button.closest("tr").remove();
    if (!body.rows.length) add();
    settle();
    adder.focus();
    announce(table);
  });
  table.closest("[data-field]").addEventListener("answers:write", (event) => {
    const wanted = Math.min(Math.max(Array.isArray(event.detail) ? event.detail.length : 0, 1), most);
    while (body.rows.length > wanted) body.rows[body.rows.length - 1].remove();
    while (body.rows.length < wanted) add();
    settle();
  });
  settle();
}

const splitTags = (text) => text.split(/[,，;；、\n]/).map((one) => one.trim()).filter(Boolean);

function setUpTags(box) {
  const store = box.querySelector("input");
  const typed = store.cloneNode();
  typed.removeAttribute("name");
  typed.value = "";
  store.type = "hidden";
  store.removeAttribute("id");
  const list = document.createElement("div");
  list.className = "tag-box";
  box.append(list);
  const set = (tags) => {
    store.value = [...new Set(tags)].join("、");
    draw();
    announce(box);
  };
  function draw() {
    const chips = splitTags(store.value).map((tag) => {
      const chip = document.createElement("span");
      chip.className = "tag";
      chip.textContent = tag;
      const remove = document.createElement("button");
      remove.type = "button";
      remove.textContent = "×";
      remove.setAttribute("aria-label", `${box.dataset.removeLabel} ${tag}`);
      remove.addEventListener("click", () => {
        set(splitTags(store.value).filter((one) => one !== tag));
        typed.focus();
      });
      chip.append(remove);
      return chip;
    });
    list.replaceChildren(...chips, typed);
  }
  const take = () => {
    const fresh = splitTags(typed.value);
    typed.value = "";
    if (fresh.length) set([...splitTags(store.value), ...fresh]);
  };
  typed.addEventListener("keydown", (event) => {
    if (event.isComposing || !["Enter", ",", "，", "、", ";", "；"].includes(event.key)) return;
    event.preventDefault();
    take();
    typed.focus();
  });
  typed.addEventListener("blur", take);
  box.closest("[data-field]").addEventListener("answers:written", draw);
  draw();
}

function setUpLevels(box) {
  const select = box.querySelector("select");
  const place = box.querySelector("[data-level-words]");
  const show = () => {
    const help = select.selectedOptions[0]?.dataset.help ?? "";
    place.textContent = help;
    place.hidden = !help;
  };
  select.addEventListener("change", show);
  box.closest("[data-field]").addEventListener("answers:written", show);
  show();
}

export function setUpWidgets(form) {
  form.querySelectorAll("[data-table]").forEach(setUpTable);
  form.querySelectorAll("[data-tags]").forEach(setUpTags);
  form.querySelectorAll("[data-levels]").forEach(setUpLevels);
  count(form);
  applyConditions(form);
}
