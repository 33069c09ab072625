// Whom this device trusts: the signers of the list, once compared by words, and from then on only what they sign.

import { sha256 } from "../vendor/age.js";
import { bytesOf, exactBase64, toBase64 } from "./bytes.js";
import { Fault, untrusted } from "./fault.js";
import { countSigners, readKey } from "./minisign.js";
import { wordsOf } from "./words.js";

const SERVICE = /^[a-z0-9-]{1,48}$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const LONGEST_HEAD = 16 << 10;
const MOST_SIGNERS = 32;
export const FINGERPRINT_WORDS = 12;

const isText = (value) => typeof value === "string";
const isTexts = (value) => Array.isArray(value) && value.length <= MOST_SIGNERS && value.every(isText);
const isCount = (value) => Number.isSafeInteger(value) && value >= 1;
const isDay = (value) =>
  isText(value) && DAY.test(value) && !Number.isNaN(Date.parse(value)) && toDay(Date.parse(value)) === value;
const toDay = (moment) => new Date(moment).toISOString().slice(0, 10);

export const hashOf = (text) => toBase64(sha256(bytesOf(text)));

/** Reads what was signed: one line of JSON and its line end, every member of the type that it must have. */
export function readHead(text) {
  if (!isText(text) || text.length > LONGEST_HEAD || !/^\{[^\r\n]*\}\n$/.test(text)) throw untrusted("list");
  let head;
  try {
    head = JSON.parse(text);
  } catch {
    throw untrusted("list");
  }
  const { v, service, version, until, server_keys: keys, associations } = head;
  const sound =
    v === 1 &&
    isText(service) &&
    SERVICE.test(service) &&
    isCount(version) &&
    (until === undefined || isDay(until)) &&
    isTexts(keys) &&
    keys.length > 0 &&
    keys.every((key) => exactBase64(key, 32)) &&
    exactBase64(associations, 32) !== null;
  if (!sound) throw untrusted("list");
  return { service, version, until: until ?? null, serverKeys: keys, associations };
}

/** Reads the answer of `GET /extract`. */
export function readExtract(answer) {
  const { head, signatures, signers, threshold } = answer ?? {};
  if (!isText(head) || !isTexts(signatures) || !isTexts(signers) || !isCount(threshold)) {
    throw untrusted("answer");
  }
  return { head, signatures, signers, threshold };
}

/** The text whose twelve words a device is given on paper. */
export const fingerprintText = (service, threshold, signers, serverKey) =>
  `relais desk fingerprint v1\n${service}\n${threshold}\n${[...signers].sort().join(",")}\n${serverKey}\n`;

export const fingerprintOf = (...parts) => wordsOf(fingerprintText(...parts), FINGERPRINT_WORDS);

/**
 * Begins to trust: one of the server's keys must make the words that were typed, and the signers must have
 * signed. Words that do not fit may be mistyped; a signature that does not fit is an attack. `known` is what the
 * device trusted before, if anything: the same signers can never go back to an older list.
 */
export async function trustFirst(extract, words, known = null) {
  const head = readHead(extract.head);
  const { threshold } = extract;
  const signers = [...extract.signers].sort();
  const keys = signers.map(readKey);
  const different = new Set(keys.filter(Boolean).map((key) => key.point.join())).size;
  if (different !== signers.length || threshold > signers.length) throw untrusted("signers");
  const typed = words.join(" ");
  const made = await Promise.all(
    head.serverKeys.map((key) => fingerprintOf(head.service, threshold, signers, key)),
  );
  if (!made.some((one) => one.join(" ") === typed)) throw new Fault("wrong_words");
  const before = { service: head.service, signers, threshold };
  if (known && sameTrust(known, before)) return follow(known, extract);
  checkSigners(extract, before);
  return taken(before, head, extract.head);
}

const sameTrust = (one, other) =>
  one.service === other.service &&
  one.threshold === other.threshold &&
  one.signers.join() === other.signers.join();

/** Goes on trusting: the same signers and service, and a newer version or the very same bytes. */
export function follow(trust, extract) {
  const head = readHead(extract.head);
  checkSigners(extract, trust);
  if (head.service !== trust.service) throw untrusted("service");
  const known = head.version === trust.version && hashOf(extract.head) !== trust.head;
  if (head.version < trust.version || known) throw untrusted("rollback");
  return taken(trust, head, extract.head);
}

function checkSigners({ head, signatures }, { signers, threshold }) {
  if (countSigners(head, signatures, signers.map(readKey)) < threshold) throw untrusted("signers");
}

function taken({ service, signers, threshold }, head, text) {
  const { serverKeys, version } = head;
  return { trust: { service, signers, threshold, serverKeys, version, head: hashOf(text) }, head };
}

/** Returns whether this is a trust as the device keeps it. */
export function isTrust(value) {
  const { service, signers, threshold, serverKeys, version, head } = value ?? {};
  return (
    isText(service) &&
    SERVICE.test(service) &&
    isTexts(signers) &&
    signers.every(readKey) &&
    isCount(threshold) &&
    threshold <= signers.length &&
    isTexts(serverKeys) &&
    isCount(version) &&
    exactBase64(head, 32) !== null
  );
}

/** Returns which of two states of one device is the later one: another tab may have followed further. */
export function later(one, other) {
  if (!one || !other) return one ?? other;
  return sameTrust(one, other) && one.version > other.version ? one : other;
}

/** Returns whether the last day of a list has passed. */
export const isPast = (head, moment) => head.until !== null && toDay(moment) > head.until;
