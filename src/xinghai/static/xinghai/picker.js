// The organisation picker: type a name, initials or a credit code, choose from what is registered.
// A unit that is not registered is simply written in full.

import { announce } from "./widgets.js";

const PAUSE = 250;
let serial = 0;

function partOf(picker, part) {
  return picker.querySelector(`[name$="[${part}]"]`);
}

class Picker {
  constructor(box) {
    this.box = box;
    this.input = partOf(box, "name");
    this.list = document.createElement("ul");
    this.list.className = "picker-list";
    this.list.id = `picker-${(serial += 1)}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.placeholder);
    this.list.hidden = true;
    box.append(this.list);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", this.list.id],
    ]) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.choose(item);
    });
  }

  typed() {
    for (const part of ["id", "uscc", "kind"]) partOf(this.box, part).value = "";
    this.box.querySelector("[data-chosen]").textContent = "";
    clearTimeout(this.timer);
    const asked = this.input.value.trim();
    if (asked.length < 2) return this.close();
    this.timer = setTimeout(() => this.search(asked), PAUSE);
  }

  async search(asked) {
    try {
      const response = await fetch(`${this.box.dataset.search}?q=${encodeURIComponent(asked)}`, {
        headers: { Accept: "application/json" },
      });
      const found = response.ok ? await response.json() : [];
      if (this.input.value.trim() === asked) this.show(found);
    } catch {
      this.close(); // Without the network a name can still be written in full.
    }
  }

  show(found) {
    const items = found.map((unit, number) => {
      const item = document.createElement("li");
      item.id = `${this.list.id}-${number}`;
      item.setAttribute("role", "option");
      item.unit = unit;
      item.textContent = unit.name;
      const code = document.createElement("small");
      code.textContent = unit.uscc;
      item.append(code);
      return item;
    });
    if (!items.length) {
      const none = document.createElement("li");
      none.textContent = this.box.dataset.none;
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      items.push(none);
    }
    this.list.replaceChildren(...items);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  key(event) {
    if (this.list.hidden) return;
    const items = [...this.list.children].filter((item) => item.unit);
    const now = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && items.length) {
      event.preventDefault();
      const next = items[(now + step + items.length) % items.length];
      for (const item of items) item.setAttribute("aria-selected", String(item === next));
      this.input.setAttribute("aria-activedescendant", next.id);
      next.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (now >= 0) this.choose(items[now]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    }
  }

  choose(item) {
    if (!item.unit) return;
    for (const part of ["id", "name", "uscc", "kind"]) {
      partOf(this.box, part).value = item.unit[part] ?? "";
    }
    this.box.querySelector("[data-chosen]").textContent = item.unit.uscc ?? "";
    this.close();
    announce(this.input);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

// Rows of a table come later, so a picker is set up when it is first entered.
export function setUpPickers(form) {
  form.addEventListener("focusin", (event) => {
    const box = event.target.closest("[data-picker]");
    if (!box || box.pickerReady || partOf(box, "name").readOnly) return;
    box.pickerReady = true;
    new Picker(box);
  });
}
