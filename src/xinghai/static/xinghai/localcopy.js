// What was typed and has not reached the server, kept on this device for this record and person.

export class LocalCopy {
  constructor(record, person) {
    this.key = `xinghai.draft.${record}.${person}`;
  }

  keep(version, answers) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ version, answers, at: Date.now() }));
      return true;
    } catch {
      return false; // Full or forbidden: the page still warns before it is left.
    }
  }

  markSubmitted() {
    const copy = this.read();
    if (copy) localStorage.setItem(this.key, JSON.stringify({ ...copy, submitted: true }));
  }

  read() {
    try {
      const copy = JSON.parse(localStorage.getItem(this.key) ?? "null");
      return copy && typeof copy.answers === "object" ? copy : null;
    } catch {
      return null;
    }
  }

  drop() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was kept where storage is forbidden.
    }
  }
}
