// One section at a time or all of them: which shows, how to the next, and what the keys do.
// A phone always shows one; on a wide screen the person chooses, and the choice is kept.

const CHOICE = "xinghai.form.sections";
const NARROW = "(max-width: 999.98px)";

const read = () => {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null; // a browser that keeps nothing shows everything
  }
};
const keep = (mode) => {
  try {
    localStorage.setItem(CHOICE, mode);
  } catch {
    // the choice holds for this page
  }
};

// The question stands above its control: both must be seen.
export function lead(target) {
  (target.closest("[data-field]") ?? target).scrollIntoView({ block: "start" });
  target.focus({ preventScroll: true });
}

export class Sections {
  constructor(form, rail, words) {
    this.form = form;
    this.rail = rail;
    this.words = words;
    this.page = form.closest(".form-page");
    this.narrow = window.matchMedia(NARROW);
    this.chosen = read() === "one" ? "one" : "all";
    this.current = null;
    this.drawSteps();
    this.narrow.addEventListener("change", () => this.settle());
    window.addEventListener("hashchange", () => this.follow());
    this.settle();
    this.follow();
  }

  get mode() {
    return this.narrow.matches ? "one" : this.chosen;
  }

  // The pre-check is the last step: what is left to do before handing in.
  get steps() {
    const all = this.form.querySelectorAll(".form-section, .precheck");
    return [...all].filter((one) => !one.hidden);
  }

  settle() {
    this.page.dataset.mode = this.mode;
    this.page.classList.add("is-live");
    for (const button of this.rail.querySelectorAll("[data-mode-choice]"))
      button.setAttribute("aria-pressed", String(button.dataset.modeChoice === this.mode));
    if (!this.current || this.current.hidden) this.current = this.steps[0];
    this.mark();
  }

  choose(mode) {
    this.chosen = mode;
    keep(mode);
    this.settle();
    this.current.scrollIntoView({ block: "start" });
  }

  follow() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target || !this.form.contains(target)) return;
    this.reveal(target);
    lead(target);
  }

  // Whatever somebody is led to must be on the page.
  reveal(target) {
    const section = target.closest(".form-section, .precheck");
    if (section) this.show(section);
  }

  show(section) {
    this.current = section;
    this.mark();
  }

  go(by, focus) {
    if (this.current?.hidden) this.settle();
    const { steps } = this;
    const next = steps[steps.indexOf(this.current) + by];
    if (!next) return;
    this.show(next);
    next.scrollIntoView({ block: "start" });
    const heading = next.querySelector("h2");
    heading.tabIndex = -1;
    const control = next.querySelector(
      "input:not([type=hidden]):not([readonly]), select, textarea:not([readonly])",
    );
    (focus && control ? control : heading).focus({ preventScroll: true });
  }

  mark() {
    const { steps } = this;
    const at = steps.indexOf(this.current);
    for (const one of this.form.querySelectorAll(".form-section, .precheck"))
      one.classList.toggle("is-current", one === this.current);
    for (const anchor of this.rail.querySelectorAll("a")) {
      if (anchor.hash === `#${this.current.id}`) anchor.setAttribute("aria-current", "true");
      else anchor.removeAttribute("aria-current");
    }
    const title = this.current.querySelector("h2").textContent.trim();
    const place = this.words.sectionPlace.replace("{n}", at + 1).replace("{all}", steps.length);
    this.rail.querySelector("[data-place]").textContent = `${place} · ${title}`;
    for (const button of this.form.querySelectorAll("[data-step]")) {
      const section = button.closest(".form-section, .precheck");
      button.hidden = !steps[steps.indexOf(section) + Number(button.dataset.step)];
    }
  }

  drawSteps() {
    for (const section of this.form.querySelectorAll(".form-section, .precheck")) {
      const row = document.createElement("p");
      row.className = "section-steps";
      for (const [by, text] of [
        [-1, this.words.sectionPrevious],
        [1, this.words.sectionNext],
      ]) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = by > 0 ? "btn btn-primary" : "btn";
        button.dataset.step = by;
        button.textContent = text;
        button.addEventListener("click", () => this.go(by, false));
        row.append(button);
      }
      section.append(row);
    }
  }
}

// Why a field is asked and how to write it, beside the field one is in.
export function setUpAid(form) {
  const column = document.querySelector("[data-aid-column]");
  if (!column) return;
  const resting = [...column.childNodes];
  form.addEventListener("focusin", (event) => {
    const field = event.target.closest("[data-field]");
    const aid = field?.querySelector(":scope > .field-under [data-aid-body]");
    if (!aid) {
      column.replaceChildren(...resting);
      return;
    }
    const heading = document.createElement("h2");
    heading.textContent = field.querySelector(".field-label, legend")?.firstChild.textContent ?? "";
    column.replaceChildren(heading, ...aid.cloneNode(true).childNodes);
  });
}
