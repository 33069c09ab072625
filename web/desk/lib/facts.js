// A record in the volunteer's words. Codes that this version does not know are shown as they are, never lost.

import { DEPARTMENTS } from "./departments.js";
import { moment } from "./clock.js";
import { communeName } from "./communes.js";
import { countryName, languageName, say, trySay } from "./say.js";

const known = (prefix, code) => trySay(`${prefix}-${String(code).replaceAll("_", "-")}`) ?? String(code);

/** Which of the three lines a sign stands in: how it started, what happens, why leaving is hard. */
const LINES = {
  started: ["vulnerability", "deception"],
  happens: ["wages", "overtime", "conditions", "violence", "pay", "overwork", "housing", "child"],
  leaving: [
    "movement",
    "isolation",
    "threats",
    "documents",
    "debt",
    "papers",
    "controlled",
    "isolated",
    "spoken_for",
    "afraid",
    "moved",
  ],
};

const list = (value) => (Array.isArray(value) ? value : []);

export function place(record) {
  const { country, area, departement, commune } = record.place ?? {};
  if (departement) {
    const name = `${DEPARTMENTS[departement] ?? ""} (${departement})`;
    return commune ? `${communeName(commune)}, ${name}` : name;
  }
  if (area) return known("page-area", area);
  if (country === "ZZ") return say("page-country-other");
  return country ? countryName(country) : say("page-unsaid");
}

const many = (prefix, codes) =>
  list(codes)
    .map((code) => known(prefix, code))
    .join(" · ");

/** Returns `[label, value, strong?]` for everything that a volunteer needs, most needed first. */
export function facts(record) {
  const said = (value) => value || say("page-unsaid");
  const rows = [
    ["page-who", said(record.who && known("page-who", record.who)), true],
    ["page-problem", said(record.situation && known("page-situation", record.situation)), true],
    ["page-need", said(many("page-need", record.needs)), true],
    ["page-place", `${place(record)} · ${known("page-distance", record.distance ?? "near")}`],
    ["page-language", languages(record)],
    ["page-safe-times", known("page-contact", record.contact?.window ?? "none")],
  ];
  if (typeof record.children === "boolean") rows.push(["page-children", yesNo(record.children)]);
  if (record.for_whom === "other") rows.push(["page-writer", writer(record)]);
  if (record.campaign) rows.push(["page-campaign", String(record.campaign)]);
  return rows.map(([key, value, strong]) => [say(key), value, strong]);
}

const yesNo = (value) => say(value ? "page-yes" : "page-no");

/** Returns `[label, value]` for what an addition says that is new; its other fields say nothing. */
export function news(record) {
  const rows = [];
  if (list(record.needs).length > 0) rows.push(["page-need", many("page-need", record.needs)]);
  if (typeof record.children === "boolean") rows.push(["page-children", yesNo(record.children)]);
  if (list(record.spoken_languages).length > 0) rows.push(["page-language", languages(record)]);
  if (rows.length === 0 && !record.signs && !record.body) {
    const key = record.elsewhere ? "page-safe-times-wish" : "page-safe-times-now";
    rows.push([key, known("page-contact", record.contact?.window ?? "none")]);
  }
  return rows.map(([key, value]) => [say(key), value]);
}

function languages(record) {
  const spoken = list(record.spoken_languages).map(languageName);
  const reads = languageName(record.locale);
  return spoken.some((name) => name !== reads)
    ? say("page-reads-speaks", { reads, speaks: spoken.join(", ") })
    : reads;
}

const writer = (record) =>
  [record.reporter, record.subject]
    .filter(Boolean)
    .map((code) => known("page-writer", code))
    .join(" · ") || say("page-writer-other");

/** Returns the signs in three plain lines, then what was denied and skipped: `[title, texts]`. */
export function signs(record) {
  const given = record.signs ?? {};
  const yes = [...list(given.yes), ...list(record.observed)];
  const where = (code) => Object.keys(LINES).find((line) => LINES[line].includes(code)) ?? "happens";
  const lines = Object.keys(LINES).map((line) => [
    say(`page-signs-${line}`),
    yes.filter((code) => where(code) === line).map((code) => known("page-sign", code)),
  ]);
  const rest = [
    ["page-signs-no", given.no],
    ["page-signs-skipped", given.skipped],
  ]
    .map(([key, codes]) => [say(key), list(codes).map((code) => known("page-sign", code))])
    .filter(([, texts]) => texts.length > 0);
  const any = yes.length > 0 || rest.length > 0;
  return any ? [...lines, ...rest] : [];
}

/** Says a reason code of the routing, such as `speaks:ro`. */
export function reason(code) {
  const [name, ...rest] = String(code).split(":");
  const value = rest.join(":");
  switch (name) {
    case "answers_from":
      return say("reason-answers-from", { time: moment(value) });
    case "open_until":
      return say("reason-open-until", { time: moment(value) });
    case "overflow":
      return say("reason-overflow", { count: Number(value) });
    case "serves":
      return say("reason-serves-situation");
    case "offers":
      return say("reason-offers-need");
    case "speaks":
      return say("reason-speaks", { language: languageName(value) });
    case "speaks_not":
      return say("reason-speaks-not", { language: languageName(value) });
    case "distance_km":
      return say("reason-distance", { km: Number(value) });
    case "repeated":
      return say("reason-repeated", { number: Number(value) });
    default:
      return trySay(`reason-${name.replaceAll("_", "-")}`) ?? String(code);
  }
}

/** Returns the key under which the phrasebook has a person's quick answer, or null for own words. */
export function answerKey(record) {
  if (!record.answer) return null;
  const name = String(record.answer).replaceAll("_", "-");
  return name.startsWith("answer-") ? name : `answer-${name}`;
}

/** Says whose turn it is, for requests that are no longer new. */
export function standing(request) {
  if (request.over) return say(`page-state-${request.state.replaceAll("_", "-")}`);
  if (request.mine) return say(request.answered ? "page-waits-person" : "page-your-turn");
  if (!request.holder) return say("page-held");
  const key = request.proved || request.elsewhere ? "page-held-by" : "page-held-by-unproved";
  return say(key, { name: request.holder });
}
