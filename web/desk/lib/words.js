// Words that two people compare on the phone or read from paper, and words that make a passphrase.

import { sha256 } from "../vendor/age.js";
import { bytesOf } from "./bytes.js";
import { text } from "./texts.js";

const SHOWN = 8;
const PASSPHRASE = 6;
let list = null;

async function words() {
  list ??= (await text("words.txt"))
    .split("\n")
    .map((word) => word.trim())
    .filter(Boolean);
  if (list.length !== 256) throw new Error("the list of words must hold 256");
  return list;
}

/** Returns words for a text: one word a byte, the first bytes of its SHA-256. */
export async function wordsOf(value, count) {
  const all = await words();
  return [...sha256(bytesOf(value)).subarray(0, count)].map((byte) => all[byte]);
}

/** Returns the eight words of a key, or of a device's two keys. */
export const fingerprint = (value) => wordsOf(value, SHOWN);

const plain = (value) =>
  value
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();

/**
 * Reads words as a person types them, or as a QR holds them: capitals, accents, and whatever stands between
 * them do not matter. Returns the words, and those that are not in the list.
 */
export async function readWords(typed) {
  const all = new Map((await words()).map((word) => [plain(word), word]));
  const given = plain(typed)
    .split(/[^a-z]+/)
    .filter(Boolean);
  return { words: given.map((word) => all.get(word) ?? word), strange: given.filter((word) => !all.has(word)) };
}

/** Returns a passphrase of six words: 48 bits, drawn by the device. */
export async function passphrase() {
  const all = await words();
  return [...crypto.getRandomValues(new Uint8Array(PASSPHRASE))].map((byte) => all[byte]).join(" ");
}
