// Signing in, version 2: what a device checks before it decrypts, and what it proves without telling.

import { hmac, sha256 } from "../vendor/age.js";
import { bytesOf, exactBase64, textOf, toBase64 } from "./bytes.js";
import { signatureFits } from "./device.js";
import { untrusted } from "./fault.js";

const SIGNED = "relais desk challenge signature v2\n";
const LONGEST_FILE = 16 << 10;

const isText = (value) => typeof value === "string";

/** Reads the answer of `POST /challenges`. */
export function readChallenge(answer) {
  const { id, challenge, signature } = answer ?? {};
  const file = isText(challenge) && challenge.length <= 2 * LONGEST_FILE ? exactBase64(challenge) : null;
  if (!isText(id) || !/^[\x21-\x7e]{1,512}$/.test(id) || !file || !exactBase64(signature, 64)) {
    throw untrusted("challenge");
  }
  return { id, file, signature };
}

/** Returns which of the server's keys signed the file of a challenge, or null. */
export const signerOf = ({ file, signature }, serverKeys) =>
  serverKeys.find((key) => signatureFits(signature, key, SIGNED, file)) ?? null;

/**
 * Takes the secret out of a decrypted challenge. It must be these six lines and nothing else: then it cannot be a
 * request, a note or a challenge for another desk.
 */
export function secretIn(plaintext, { serverKey, origin, association, id }) {
  const wanted = `relais desk challenge v2\n${serverKey}\n${origin}\n${association}\n${id}\n`;
  let text;
  try {
    text = textOf(plaintext);
  } catch {
    throw untrusted("challenge");
  }
  if (!text.startsWith(wanted) || !text.endsWith("\n")) throw untrusted("challenge");
  const secret = exactBase64(text.slice(wanted.length, -1), 32);
  if (!secret) throw untrusted("challenge");
  return secret;
}

/** The proof that the device could decrypt: nobody can take the secret out of it. */
export const proofWith = (secret, { serverKey, origin, association, id }) =>
  toBase64(
    hmac(sha256, secret, bytesOf(["relais desk proof v2", origin, association, id, serverKey].join("\n"))),
  );

/** The device's own name under the same. */
export const nameUnder = (device, { serverKey, origin, association, id }) =>
  device.sign(["relais desk device v2", origin, association, id, serverKey, device.recipient].join("\n"));
