// The phrasebook as the page shows it: groups, slots, and the text in two languages. The phrases themselves
// stand in locales/<tag>/phrases.ftl, the same files from which the server speaks to the person.

import { phrasebook, spoken } from "./say.js";

/** Groups in the order in which a volunteer needs them. A phrase that no group names goes to `practical`. */
const GROUPS = {
  first: ["read", "believe", "who-we-are", "free", "yes", "no", "thank-you"],
  safety: [
    "safe-now",
    "danger-call",
    "danger-text",
    "can-go-out",
    "no-risk",
    "delete",
    "do-not-tell",
    "minor",
    "never-ask",
    "no-address",
    "hurt",
  ],
  meeting: [
    "can-talk",
    "when-talk",
    "talk-at",
    "call-us",
    "call-us-at",
    "which-day",
    "which-hour",
    "meet",
    "meet-still-good",
    "meet-changed",
    "meet-cancelled",
    "meet-sign",
    "go-to",
    "wait-there",
    "bring-nothing",
    "bring-papers",
    "come-with",
    "children-come",
    "ticket",
  ],
  rights: ["papers-not-needed", "papers-kept", "rights", "police-choice", "lawyer", "doctor", "doctor-at"],
  practical: [],
  closing: ["pass-on", "cannot-help", "still-want", "close"],
};

export const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
export const SPOTS = [
  "office",
  "station",
  "bus_stop",
  "cafe",
  "hospital",
  "pharmacy",
  "library",
  "town_hall",
  "post_office",
  "supermarket",
  "school",
  "park",
  "safe_place",
  "phone",
  "online",
];
const SLOTS = ["day", "time", "phone", "place"];

const groupOf = (key) => {
  const name = key.slice("phrase-".length);
  return Object.keys(GROUPS).find((group) => GROUPS[group].includes(name)) ?? "practical";
};

/** Returns the variables of a pattern, also those of the messages that it refers to. */
function variables(bundle, pattern, found = new Set()) {
  if (pattern === null || typeof pattern !== "object") return found;
  if (Array.isArray(pattern)) {
    for (const part of pattern) variables(bundle, part, found);
    return found;
  }
  if (pattern.type === "var") found.add(pattern.name);
  if (pattern.type === "mesg") variables(bundle, bundle.getMessage(pattern.name)?.value, found);
  for (const inner of [pattern.selector, pattern.args, ...(pattern.variants ?? []).map((one) => one.value)]) {
    if (inner) variables(bundle, inner, found);
  }
  return found;
}

/** Says a phrase or an answer in a language, or returns null where that language lacks it. */
export async function render(locale, key, args = {}) {
  const book = await phrasebook(locale);
  const pattern = book?.bundle.getMessage(key)?.value;
  if (pattern === undefined || pattern === null) return null;
  const faults = [];
  const text = book.bundle.formatPattern(pattern, args, faults);
  return faults.length === 0 ? text : null;
}

/** Returns the phrases in their groups: `[{ group, phrases: [{ key, slots, sample }] }]`. */
export async function phrases() {
  const book = (await phrasebook(spoken())) ?? (await phrasebook("fr"));
  if (!book) return [];
  const keys = [...book.source.matchAll(/^(phrase-[a-z0-9-]+) *=/gm)].map((found) => found[1]);
  const all = keys.map((key) => {
    const pattern = book.bundle.getMessage(key).value;
    const used = variables(book.bundle, pattern);
    const slots = SLOTS.filter((slot) => used.has(slot));
    return { key, slots, group: groupOf(key), sample: book.bundle.formatPattern(pattern, blanks(slots), []) };
  });
  const place = (one) => GROUPS[one.group].indexOf(one.key.slice("phrase-".length));
  return Object.keys(GROUPS)
    .map((group) => ({
      group,
      phrases: all.filter((one) => one.group === group).sort((a, b) => place(a) - place(b)),
    }))
    .filter((one) => one.phrases.length > 0);
}

/** Stands in the list where a slot is not filled yet. */
const blanks = (slots) => {
  const shown = { day: "monday", time: "14:00", phone: "+33…", place: "station" };
  return Object.fromEntries(slots.map((slot) => [slot, shown[slot]]));
};

/** Reads a phone number as a volunteer types it in France; null where it is none. */
export function readPhone(text) {
  const digits = text
    .replace(/[\s.()-]/g, "")
    .replace(/^00/, "+")
    .replace(/^0(?=\d{9}$)/, "+33");
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null;
}

/** Folds accents and case, for the search. */
export const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u2066-\u2069]/g, "")
    .toLowerCase();
