// Words that two people compare on the phone, and words that make a passphrase.

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

/** Returns the fingerprint of a text: one word a byte, the first eight bytes of its SHA-256. */
export async function fingerprint(value) {
  const all = await words();
  return [...sha256(bytesOf(value)).subarray(0, SHOWN)].map((byte) => all[byte]);
}

/** Returns a passphrase of six words: 48 bits, drawn by the device. */
export async function passphrase() {
  const all = await words();
  return [...crypto.getRandomValues(new Uint8Array(PASSPHRASE))].map((byte) => all[byte]).join(" ");
}
