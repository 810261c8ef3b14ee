// The form in the browser. Everything here is a convenience over a form that posts on its own.

import { readAnswers, sameAnswers, writeAnswers } from "./answers.js";
import { Autosave } from "./autosave.js";
import { setUpFiles } from "./files.js";
import { LocalCopy } from "./localcopy.js";
import { setUpPickers } from "./picker.js";
import { drawIcon, showReport } from "./report.js";
import { lead, Sections, setUpAid } from "./sections.js";
import { applyConditions, count, setUpWidgets } from "./widgets.js";

// After this long the page is still here: the person chose to stay.
const STAYED = 3000;

const form = document.getElementById("answers");
const words = document.getElementById("form-words").dataset;
const news = document.getElementById("form-news");
const stateLine = form.querySelector("[data-save-state]");

const clock = (moment) =>
  new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZone: "Asia/Shanghai",
  }).format(moment);

const dayAndClock = (moment) =>
  new Intl.DateTimeFormat(document.documentElement.lang, {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: "Asia/Shanghai",
  }).format(moment);

function sayState(text, icon, mood = "") {
  stateLine.dataset.mood = mood;
  stateLine.replaceChildren(drawIcon(icon), document.createTextNode(text));
}

function sayNews(kind, text, ...actions) {
  const notice = document.createElement("div");
  notice.className = `notice notice-${kind}`;
  const inside = document.createElement("div");
  const line = document.createElement("p");
  line.append(text, " ", ...actions.flatMap((action) => [action, " "]));
  inside.append(line);
  notice.append(drawIcon("alert-circle"), inside);
  news.replaceChildren(notice);
}

function link(text, href) {
  const anchor = document.createElement("a");
  anchor.href = href;
  anchor.textContent = text;
  return anchor;
}

function button(text, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "link";
  element.textContent = text;
  element.addEventListener("click", act);
  return element;
}

// What the server now holds otherwise than it was sent: another window's words, or a field that
// follows another one. A field somebody has touched since keeps what stands in it.
function bringIn(answers, sent) {
  const now = readAnswers(form);
  const untouched = Object.entries(answers).filter(([name]) =>
    sameAnswers({ value: now[name] }, { value: sent[name] }),
  );
  if (!untouched.length) return;
  writeAnswers(form, Object.fromEntries(untouched));
  count(form);
  applyConditions(form);
}

const heard = {
  changed: () => sayState(words.changed, "clock"),
  saving: () => sayState(words.saving, "refresh"),
  saved(said) {
    const moment = said.saved_at ? new Date(said.saved_at) : new Date();
    sayState(words.saved.replace("{time}", clock(moment)), "cloud-check", "good");
    if (said.answers) bringIn(said.answers, said.sent);
    if (said.report) showReport(form, said.report);
    form.dispatchEvent(new CustomEvent("answers:saved", { detail: said, bubbles: true }));
  },
  offline: () => sayState(words.offline, "wifi-off", "waiting"),
  failed: () => sayState(words.failed, "cloud-off", "waiting"),
  refused(said) {
    sayState(words.refused, "cloud-off", "problem");
    if (said.problem) sayNews("problem", said.problem);
  },
  conflict(said) {
    sayState(words.refused, "cloud-off", "problem");
    sayNews("problem", words.conflict, link(words.conflictLink, said.merge_url));
  },
  signedOut(said) {
    sayState(words.offline, "lock", "problem");
    const back = encodeURIComponent(location.pathname + location.search);
    sayNews("problem", words.signedOut, link(words.signedOutLink, `${said.signin_url}?next=${back}`));
  },
};

const copy = new LocalCopy(form.dataset.record, form.dataset.person);
const autosave = new Autosave(form, copy, (name, said) => heard[name](said ?? {}));

setUpWidgets(form);
setUpPickers(form);
setUpFiles(form);

function changed(event) {
  if (event.type === "input" && event.target.matches("input[type=file]")) return;
  count(form, event.target);
  applyConditions(form);
  if (form.dataset.autosaveUrl) autosave.changed();
}
form.addEventListener("input", changed);
form.addEventListener("change", changed);

function offerLocalCopy() {
  const kept = copy.read();
  if (!kept) return;
  const isSubmitted = kept.submitted && autosave.version > kept.version;
  if (isSubmitted || sameAnswers(kept.answers, readAnswers(form))) {
    copy.drop();
    return;
  }
  const use = button(words.localUse, () => {
    writeAnswers(form, kept.answers);
    news.replaceChildren();
    count(form);
    applyConditions(form);
    autosave.changed();
  });
  const dropIt = button(words.localDrop, () => {
    copy.drop();
    news.replaceChildren();
  });
  sayNews("waiting", words.localNewer.replace("{time}", dayAndClock(kept.at)), use, dropIt);
}
if (form.dataset.autosaveUrl) offerLocalCopy();

window.addEventListener("online", () => {
  if (autosave.isDirty) autosave.schedule(0);
});
let leaving = false;
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && autosave.isDirty && !leaving) {
    autosave.keep();
    autosave.save();
  }
});

window.addEventListener("beforeunload", (event) => {
  if (leaving || !autosave.isDirty) return;
  autosave.keep();
  event.preventDefault();
  // Who leaves now has the copy on this device; a save under way would race with the next page.
  leaving = true;
  clearTimeout(autosave.timer);
  setTimeout(() => {
    leaving = false;
    autosave.schedule(0);
  }, STAYED);
});

form.addEventListener("submit", (event) => {
  if (autosave.running) {
    event.preventDefault();
    const { submitter } = event;
    autosave.running.finally(() => form.requestSubmit(submitter));
    return;
  }
  clearTimeout(autosave.timer);
  if (!form.dataset.autosaveUrl) return;
  leaving = true;
  // What the server already has must not be offered again when it refuses to take the paper.
  if (!autosave.isDirty) return copy.drop();
  autosave.keep();
  copy.markSubmitted();
});
window.addEventListener("pageshow", () => {
  leaving = false;
});

const rail = document.querySelector("[data-rail]");
setUpAid(form);
const sections = rail ? new Sections(form, rail, words) : null;

document.addEventListener("click", (event) => {
  const anchor = event.target.closest('a[href^="#"]');
  const target = anchor && document.getElementById(anchor.hash.slice(1));
  if (!target || !form.contains(target)) return;
  sections?.reveal(target);
  if (!anchor.closest(".precheck, .error-summary, .return-remarks")) return;
  event.preventDefault();
  lead(target);
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
  if (event.key === "Enter" && sections && form.contains(event.target)) {
    event.preventDefault();
    sections.go(event.shiftKey ? -1 : 1, true);
  } else if (event.key === "s" && form.dataset.autosaveUrl) {
    event.preventDefault();
    autosave.schedule(0);
  }
});

if (rail) {
  const list = rail.querySelector("details");
  const { narrow } = sections;
  const settle = () => {
    rail.classList.add("is-live");
    list.open = !narrow.matches;
  };
  narrow.addEventListener("change", settle);
  settle();
  rail.addEventListener("click", (event) => {
    if (narrow.matches && event.target.closest("a")) list.open = false;
    const choice = event.target.closest("[data-mode-choice]");
    if (choice) sections.choose(choice.dataset.modeChoice);
  });
  const watch = new IntersectionObserver(
    (entries) => {
      const seen = entries.find((entry) => entry.isIntersecting);
      if (seen && sections.mode === "all") sections.show(seen.target);
    },
    { rootMargin: "-10% 0px -80% 0px" },
  );
  for (const section of form.querySelectorAll(".form-section")) watch.observe(section);
}
