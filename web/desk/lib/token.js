// Handoff tokens: decrypted here, checked against the server's key, and sealed on to another association.

import { sha256 } from "../vendor/age.js";
import { fileIn, sealTo, unseal } from "./age.js";
import { bytesOf, join, textOf } from "./bytes.js";
import { signatureFits } from "./device.js";
import { proofOf } from "./papers.js";
import { picturesOf } from "./sign.js";

const DOMAIN = bytesOf("relais handoff token v1\n");
const PASSED_ON = "relais desk passed on v1\n";
const BUCKETS = [2 << 10, 4 << 10, 8 << 10, 16 << 10];
const LONGEST_TOKEN = 64 << 10;

const refused = (fault) => ({ ok: false, fault });

/** Returns what the server signed: the domain, the fingerprint of the sorted recipients, the record's line. */
export function signedBytes(recipients, line) {
  const sorted = [...recipients].sort();
  return join(DOMAIN, sha256(bytesOf(sorted.join("\n"))), bytesOf(line));
}

const parse = (line) => {
  try {
    const value = JSON.parse(line);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
};

const isNames = (value) => Array.isArray(value) && value.every((name) => typeof name === "string");

/**
 * Decrypts a token and checks it. Returns `{ ok: true, record, … }`, or `{ ok: false, fault }` and nothing of
 * its content: what does not bear the server's signature is never shown.
 *
 * `key` is `{ identity, recipient }`; `serverKeys` those this device trusts (absent: the signature is checked
 * against the key in the token, and `signedBy` must be compared by eye); `handoff` and `kind` what the server
 * said the token was; `list` the signed list, without which nobody's name under a note can be proved.
 */
export async function openToken(bytes, key, { serverKeys, handoff, kind, list } = {}) {
  if (bytes.length > LONGEST_TOKEN) return refused("not_token");
  let plaintext;
  try {
    plaintext = textOf(await unseal(key.identity, fileIn(bytes)));
  } catch (fault) {
    return refused(/no identity matched/.test(fault?.message ?? "") ? "not_for_you" : "not_age");
  }
  const [line, second, third = "", fourth = ""] = plaintext.split("\n");
  const [record, seal] = [parse(line), parse(second ?? "")];
  if (!record || !seal || !isNames(seal.recipients)) return refused("not_token");
  const passed = readPassedOn(third);
  // Padding is spaces alone.
  if (!passed && third.trim() !== "") return refused("not_token");
  const meant = (passed?.recipients ?? seal.recipients).includes(key.recipient);
  const sealed = signatureFits(seal.signature, seal.key, signedBytes(seal.recipients, line));
  if (!meant || !sealed) return refused("bad_signature");
  if (serverKeys && !serverKeys.includes(seal.key)) return { ...refused("other_server"), signedBy: seal.key };
  if ((handoff && record.handoff !== handoff) || (kind && record.kind !== kind)) return refused("mixed_up");
  if (record.v !== 1) return refused("too_new");
  const sign = picturesOf(record.handoff);
  const opened = { ok: true, record, line, second, sign, signedBy: seal.key, passedOn: null };
  if (!passed) return opened;
  const { passed_on: passedOn } = passed;
  const device = (name) => list?.device(passedOn.by, name) ?? null;
  const { proof } = proofOf(fourth, device, PASSED_ON, `${line}\n${second}\n${third}\n`);
  if (proof === "forged") return refused("forged_passing");
  return { ...opened, passedOn: { ...passedOn, proved: proof === "proved" } };
}

function readPassedOn(third) {
  const content = parse(third);
  const said = content?.passed_on;
  const texts = [said?.by, said?.to, said?.at, said?.note ?? ""];
  return texts.every((text) => typeof text === "string") && isNames(content.recipients) ? content : null;
}

/** Pads a plaintext to the next of 2, 4, 8 or 16 KiB, so that its length says nothing. */
export function pad(text) {
  const length = bytesOf(text).length;
  const bucket = BUCKETS.find((size) => length < size);
  if (!bucket) throw new Error("too long");
  return `${text}${" ".repeat(bucket - 1 - length)}\n`;
}

/**
 * Seals an opened token on to others: the server's two lines as they are, then who passed it on to whom, then the
 * name of the device that did.
 */
export function sealOn(opened, recipients, passedOn, device) {
  const third = JSON.stringify({ passed_on: passedOn, recipients: [...recipients].sort() });
  const lines = `${opened.line}\n${opened.second}\n${third}\n`;
  const fourth = JSON.stringify({ device: device.recipient, signature: device.sign(PASSED_ON, lines) });
  return sealTo(recipients, pad(`${lines}${fourth}\n`));
}
