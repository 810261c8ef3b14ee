// Uploads in pieces: a dropped network continues where it stopped instead of starting again.

import { csrfToken } from "./page.js";
import { announce } from "./widgets.js";

const TRIES = 6;
let serial = 1000;
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

class Refused extends Error {}

async function call(url, options = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken(), ...options.headers };
  const response = await fetch(url, { ...options, headers });
  const said = await response.json().catch(() => ({}));
  if (response.status === 409 && "offset" in said) return said;
  if (response.ok) return said;
  if (response.status >= 500) throw new Error(String(response.status));
  throw new Refused(said.problem ?? "");
}

function sizeWords(size) {
  return size < 1048576 ? `${Math.max(Math.round(size / 1024), 1)} KB` : `${(size / 1048576).toFixed(1)} MB`;
}

class Upload {
  constructor(drop, file, row) {
    Object.assign(this, { drop, file, row, told: null, removed: false });
    row.querySelector("[data-name]").textContent = file.name;
    this.size = row.querySelector("[data-size]");
    this.size.textContent = sizeWords(file.size);
    this.progress = row.querySelector("progress");
    this.progress.setAttribute("aria-label", file.name);
    this.problem = row.querySelector("[data-problem]");
    this.again = row.querySelector("[data-retry]");
    this.again.addEventListener("click", () => this.run());
  }

  async run() {
    this.problem.hidden = true;
    this.again.hidden = true;
    for (let attempt = 0; attempt < TRIES && !this.removed; attempt += 1) {
      try {
        await this.send();
        await this.checked();
        return this.done();
      } catch (error) {
        if (error instanceof Refused) return this.fail(error.message, false);
        await wait(Math.min(1000 * 2 ** attempt, 15000));
      }
    }
    if (!this.removed) this.fail(this.drop.dataset.broken, true);
  }

  async send() {
    if (this.told) this.told = await call(this.told.url);
    else {
      this.told = await call(this.drop.dataset.uploadUrl, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ name: this.file.name, size: this.file.size }),
      });
    }
    const { url, piece } = this.told;
    let offset = this.told.offset ?? 0;
    while (offset < this.file.size && !this.removed) {
      const said = await call(url, {
        method: "PATCH",
        headers: { "Content-Type": "application/octet-stream", "Upload-Offset": String(offset) },
        body: this.file.slice(offset, offset + (piece ?? 1048576)),
      });
      this.told = { ...this.told, ...said };
      offset = said.offset;
      this.progress.value = Math.round((100 * offset) / this.file.size);
    }
  }

  // The file has arrived; it is an answer once it has been looked into.
  async checked() {
    this.progress.removeAttribute("value");
    this.size.textContent = this.drop.dataset.checking;
    for (let pause = 250; this.told.checking && !this.removed; pause = Math.min(pause * 1.5, 4000)) {
      await wait(pause);
      this.told = await call(this.told.url);
    }
    this.size.textContent = sizeWords(this.file.size);
  }

  done() {
    if (this.removed) return;
    this.row.dataset.file = this.told.id;
    this.row.append(...stored(this.drop.dataset.drop, this.told));
    this.progress.remove();
    announce(this.drop);
  }

  fail(message, mayRetry) {
    this.size.textContent = sizeWords(this.file.size);
    this.progress.hidden = !mayRetry;
    this.problem.textContent = message || this.drop.dataset.broken;
    this.problem.hidden = false;
    this.again.hidden = !mayRetry;
  }
}

// Any number does for a row, as long as no other row of the field has it.
function stored(field, told) {
  serial += 1;
  return ["id", "name"].map((part) => {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = `${field}[${serial}][${part}]`;
    input.value = told[part];
    return input;
  });
}

function setUpDrop(drop) {
  const input = drop.querySelector("input[type=file]");
  const list = drop.querySelector("[data-files]");
  const template = drop.querySelector("[data-file-row]");
  const uploads = new Map();
  const newRow = () => {
    list.append(template.content.cloneNode(true));
    return list.lastElementChild;
  };
  const take = (files) => {
    for (const file of files) {
      if (!input.multiple) for (const old of [...list.children]) old.remove();
      const upload = new Upload(drop, file, newRow());
      uploads.set(upload.row, upload);
      upload.run();
    }
    input.value = "";
  };
  input.addEventListener("change", (event) => {
    event.stopPropagation();
    take([...input.files]);
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("is-over", name === "dragover");
      if (name === "drop") take([...event.dataTransfer.files]);
    });
  }
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-file-remove]")?.closest("li");
    if (!row) return;
    const upload = uploads.get(row);
    if (upload) upload.removed = true;
    row.remove();
    announce(drop);
    input.focus();
  });
  drop.closest("[data-field]")?.addEventListener("answers:write", (event) => {
    const wanted = [event.detail].flat().filter((one) => one?.id);
    for (const row of [...list.children]) {
      if (!wanted.some((one) => one.id === row.dataset.file)) row.remove();
    }
    const shown = [...list.children].map((row) => row.dataset.file);
    for (const one of wanted.filter((file) => !shown.includes(file.id))) {
      const row = newRow();
      row.dataset.file = one.id;
      row.querySelector("[data-name]").textContent = one.name;
      row.querySelector("progress").remove();
      row.append(...stored(drop.dataset.drop, one));
    }
  });
}

export function setUpFiles(root) {
  root.querySelectorAll("[data-drop]").forEach(setUpDrop);
}
