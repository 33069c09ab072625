// minisign (https://jedisct1.github.io/minisign/): public keys, and signatures of the hashed kind.

import { blake2b, ed25519 } from "../vendor/age.js";
import { bytesIn, bytesOf, exactBase64 } from "./bytes.js";

const UNTRUSTED = "untrusted comment: ";
const TRUSTED = "trusted comment: ";

const startsWith = (bytes, text) => [...text].every((letter, at) => bytes[at] === letter.charCodeAt(0));
const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

/** Reads a public key, the one line that begins with RW; null where it is none. */
export function readKey(text) {
  const bytes = exactBase64(text, 42);
  if (!bytes || !startsWith(bytes, "Ed")) return null;
  return { text, id: bytes.subarray(2, 10), point: bytes.subarray(10) };
}

/** Reads the four lines of a signature file; null where they are anything else, the older kind included. */
export function readSignature(text) {
  if (typeof text !== "string" || text.length > 2_048 || text.includes("\r")) return null;
  const [first, second, third, fourth, ...rest] = text.replace(/\n$/, "").split("\n");
  if (rest.length > 0 || !first.startsWith(UNTRUSTED) || !third?.startsWith(TRUSTED)) return null;
  const [signed, whole] = [exactBase64(second, 74), exactBase64(fourth, 64)];
  if (!signed || !whole || !startsWith(signed, "ED")) return null;
  return {
    id: signed.subarray(2, 10),
    signature: signed.subarray(10),
    comment: third.slice(TRUSTED.length),
    whole,
  };
}

/** Returns whether a key made a signature over a text, and over the trusted comment beside it. */
export function fits(text, signature, key) {
  if (!same(signature.id, key.id)) return false;
  const verify = (made, bytes) => ed25519.verify(made, bytes, key.point, { zip215: false });
  try {
    return (
      verify(signature.signature, blake2b(bytesOf(text), { dkLen: 64 })) &&
      verify(signature.whole, bytesIn(signature.signature, signature.comment))
    );
  } catch {
    return false;
  }
}

/** Counts the different keys among these that signed a text: one key under two ids is one signer. */
export function countSigners(text, signatures, keys) {
  const found = new Set();
  for (const signature of signatures.map(readSignature).filter(Boolean)) {
    const key = keys.find((one) => fits(text, signature, one));
    if (key) found.add(key.point.join());
  }
  return found.size;
}
