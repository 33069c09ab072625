// What a person said, as a volunteer reads it. The desk and the offline page show the same.

import { day, moment } from "../lib/clock.js";
import { h, icon } from "../lib/dom.js";
import { facts, reason, signs } from "../lib/facts.js";
import { directionOf, say } from "../lib/say.js";

const LONGEST_NOTE = 1_000;
const NOT_AGREED = ["unaware", "unsure"];

/** What stands above everything else: danger, a minor, a signature that does not fit. */
export function alerts(opened, person, { withdrawn = false, nameOf = (id) => id } = {}) {
  const warn = (key, name = "warn") => h("p", { class: "warn" }, icon(name), say(key));
  if (withdrawn) return [warn("page-withdrawn")];
  if (!opened.ok) {
    return [
      h(
        "p",
        { class: "alert", role: "alert" },
        icon("warn"),
        say(`page-token-${opened.fault.replaceAll("_", "-")}`),
      ),
    ];
  }
  return [
    person.danger && h("p", { class: "alert" }, icon("warn"), say("page-danger")),
    person.age === "minor" && h("p", { class: "alert alert-minor" }, icon("warn"), say("page-minor")),
    NOT_AGREED.includes(person.subject) && warn("page-no-consent"),
    person.stopped && warn("page-stopped"),
    opened.passedOn && passedOn(opened.passedOn, nameOf),
  ];
}

/** The third line of a token: whoever sealed it on says so; proved where a device of theirs signed it. */
function passedOn({ by, note, at, proved }, nameOf) {
  const key = proved ? "page-passed-on-proved" : "page-passed-on-by";
  return h(
    "div",
    { class: "warn" },
    icon("pass"),
    h(
      "div",
      {},
      h("p", {}, say(key, { name: nameOf(String(by)), time: moment(at) })),
      typeof note === "string" &&
        note &&
        h("p", { class: "own-words" }, h("bdi", {}, note.slice(0, LONGEST_NOTE))),
    ),
  );
}

const rows = (list) =>
  list.map(([label, value, strong]) =>
    h("div", {}, h("dt", {}, label), h("dd", { class: strong ? "strong" : null }, h("bdi", {}, value))),
  );

/** Who, which problem, which need, where, how to answer; own words; signs. */
export function said(person) {
  const told = signs(person);
  return [
    h("dl", { class: "facts" }, rows(facts(person))),
    person.body && h("section", { class: "part" }, h("h3", {}, say("page-own-words")), ownWords(person)),
    told.length > 0
      ? h("section", { class: "part" }, h("h3", {}, say("page-signs")), signList(told))
      : h("p", { class: "hint" }, say("page-not-proof")),
  ];
}

/** The signs in three plain lines, and that they prove nothing. */
export function signList(told) {
  return [
    h(
      "dl",
      { class: "signs" },
      told.map(([title, texts]) =>
        h(
          "div",
          {},
          h("dt", {}, title),
          h("dd", {}, texts.length > 0 ? texts.join(" · ") : say("page-signs-none")),
        ),
      ),
    ),
    h("p", { class: "hint" }, say("page-signs-not-proof")),
  ];
}

export function why(person) {
  const reasons = person.routing?.reasons ?? [];
  return (
    reasons.length > 0 &&
    h(
      "details",
      { class: "quiet" },
      h("summary", {}, say("page-why-here")),
      h(
        "ul",
        { class: "plainlist" },
        reasons.map((code) => h("li", {}, reason(code))),
      ),
    )
  );
}

export function dates(person, erased) {
  const shown = [
    ["page-received", moment(person.received, { hourOnly: true })],
    ["page-consent", moment(person.consent?.at)],
    ["page-erased-on", erased && day(erased)],
  ];
  return h(
    "dl",
    { class: "facts" },
    rows(shown.filter(([, value]) => value).map(([key, value]) => [say(key), value])),
  );
}

/** What a person wrote, in their language and direction, set apart from the page's own words. */
export function ownWords(record) {
  return h(
    "blockquote",
    { class: "own-words", lang: record.locale, dir: directionOf(record.locale) },
    h("bdi", { dir: "auto" }, String(record.body)),
  );
}
