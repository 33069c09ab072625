// Every word of the page, from Fluent files, in the volunteer's language; and phrases in the person's.

import { FluentBundle, FluentResource } from "../vendor/fluent.js";
import { text } from "./texts.js";

/** The languages that the page itself speaks. */
export const LANGUAGES = ["fr", "en"];
/** Languages of which only some screens are written, and which are offered to nobody yet; French fills the rest. */
const BEGUN = ["ar"];
const FILES = ["desk", "desk-page"];
const RIGHT_TO_LEFT = new Set(["ar", "fa", "ps", "ur", "he", "ckb"]);

let current = null;
let fallback = null;
let tag = "fr";

async function bundleOf(locale, files) {
  const bundle = new FluentBundle(locale);
  for (const file of files) {
    bundle.addResource(new FluentResource(await text(`locales/${locale}/${file}.ftl`)));
  }
  return bundle;
}

/** Chooses the page's language. */
export async function speak(locale) {
  tag = [...LANGUAGES, ...BEGUN].includes(locale) ? locale : "fr";
  current = await bundleOf(tag, BEGUN.includes(tag) ? ["desk-page"] : FILES);
  fallback = tag === "fr" ? null : await bundleOf("fr", FILES).catch(() => null);
  document.documentElement.lang = tag;
  document.documentElement.dir = directionOf(tag);
}

export const spoken = () => tag;

/** The tag under which times and dates are written: Europe's order and 24 hours in both languages. */
export const formats = () => (tag === "en" ? "en-GB" : "fr-FR");

function format(bundle, key, args) {
  const pattern = bundle?.getMessage(key)?.value;
  if (pattern === undefined || pattern === null) return null;
  return bundle.formatPattern(pattern, args, []);
}

/** Says a message. A key that no file has is shown as it is: the tests find it. */
export const say = (key, args) => format(current, key, args) ?? format(fallback, key, args) ?? key;

/** Says a message, or returns null where no file has it. */
export const trySay = (key, args) => format(current, key, args) ?? format(fallback, key, args);

export const directionOf = (locale) => (RIGHT_TO_LEFT.has(locale.split("-")[0]) ? "rtl" : "ltr");

/** Returns a language's name as the volunteer says it. */
export function languageName(locale) {
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}

export function countryName(code) {
  try {
    return new Intl.DisplayNames([tag], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

const books = new Map();

/** Returns the phrasebook of a language as a Fluent bundle, or null where there is none. */
export async function phrasebook(locale) {
  if (!books.has(locale)) {
    const source = await text(`locales/${locale}/phrases.ftl`).catch(() => null);
    if (source === null) return null;
    const bundle = new FluentBundle(locale);
    bundle.addResource(new FluentResource(source));
    books.set(locale, { bundle, source });
  }
  return books.get(locale);
}
