// Saves a form while it is written: 2 s after the last change, and on the server at the latest 5 s
// after the first (the last second is for the way there). It never overwrites a newer version and
// never drops text: until the server has it, a copy stays on this device.

import { readAnswers } from "./answers.js";
import { csrfToken } from "./page.js";

const QUIET = 2000;
const LATEST = 4000;
const TIMEOUT = 20000;
const LONGEST_WAIT = 60000;

export class Autosave {
  // `tell(name, detail)` hears: changed, saving, saved, offline, failed, refused, conflict, signedOut.
  constructor(form, copy, tell) {
    Object.assign(this, { form, copy, tell });
    this.version = Number(form.dataset.version);
    this.firstChange = null;
    this.timer = null;
    this.keepTimer = null;
    this.failures = 0;
    this.changes = 0;
    this.savedChanges = 0;
    this.running = null;
    this.stopped = false;
  }

  get isDirty() {
    return this.changes > this.savedChanges;
  }

  changed() {
    this.changes += 1;
    this.firstChange ??= Date.now();
    clearTimeout(this.keepTimer);
    this.keepTimer = setTimeout(() => this.keep(), 300);
    if (this.stopped) return;
    this.tell("changed");
    this.schedule(Math.max(0, Math.min(QUIET, this.firstChange + LATEST - Date.now())));
  }

  keep() {
    clearTimeout(this.keepTimer);
    return this.copy.keep(this.version, readAnswers(this.form));
  }

  schedule(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  save() {
    if (this.stopped || !this.isDirty) return Promise.resolve();
    if (this.running) return this.running.then(() => this.save());
    clearTimeout(this.timer);
    this.running = this.send().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async send() {
    const sent = this.changes;
    const answers = readAnswers(this.form);
    this.copy.keep(this.version, answers);
    this.firstChange = null;
    this.tell("saving");
    const abort = new AbortController();
    const limit = setTimeout(() => abort.abort(), TIMEOUT);
    try {
      const body = JSON.stringify({ version: this.version, answers, key: this.form.dataset.key });
      const response = await fetch(this.form.dataset.autosaveUrl, {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "error",
        signal: abort.signal,
        headers: {
          "Content-Type": "application/json",
          Accept: "application/json",
          "X-CSRFToken": csrfToken(),
        },
      });
      await this.heard(response, sent, answers);
    } catch {
      this.retry(navigator.onLine ? "failed" : "offline");
    } finally {
      clearTimeout(limit);
    }
  }

  async heard(response, sent, answers) {
    const said = await response.json().catch(() => ({}));
    if (response.ok && "version" in said) return this.saved(said, sent, answers);
    if (response.status === 409) return this.stop("conflict", said);
    if (said.signin_url) return this.stop("signedOut", said);
    if (response.status >= 500 || response.status === 429) return this.retry("failed");
    this.tell("refused", said);
  }

  saved(said, sent, answers) {
    this.failures = 0;
    this.version = said.version;
    this.savedChanges = sent;
    this.form.dataset.version = String(said.version);
    for (const input of this.form.querySelectorAll("[data-version-input]")) input.value = said.version;
    if (this.isDirty) this.schedule(QUIET);
    else this.copy.drop();
    this.tell("saved", { ...said, sent: answers });
  }

  stop(why, said) {
    this.stopped = true;
    this.keep();
    this.tell(why, said);
  }

  retry(why) {
    this.failures += 1;
    const wait = Math.min(1000 * 2 ** this.failures, LONGEST_WAIT) * (0.75 + Math.random() / 2);
    this.tell(why);
    this.schedule(wait);
  }
}
