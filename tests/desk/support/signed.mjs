// What signs in the tests' world, written apart from the page's own code: minisign, the signed list, the keys of
// devices, papers and removals.

import { createHash, createPrivateKey, createPublicKey, hkdfSync, randomBytes, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { identityToRecipient } from "age-encryption";

const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const WORDS = readFileSync(new URL("../../../web/desk/words.txt", import.meta.url), "utf8").trim().split("\n");

export const base64 = (bytes) => Buffer.from(bytes).toString("base64");
export const sha256 = (bytes) => createHash("sha256").update(bytes).digest();
export const wordsFor = (text, count) => [...sha256(text).subarray(0, count)].map((byte) => WORDS[byte]);

/** An Ed25519 key out of its 32 bytes. */
export function signingKey(seed = randomBytes(32)) {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const raw = createPublicKey(privateKey).export({ type: "spki", format: "der" }).subarray(-32);
  return { privateKey, raw, key: base64(raw) };
}

const signed = (key, ...parts) =>
  sign(null, Buffer.concat(parts.map((part) => Buffer.from(part))), key.privateKey);

/** The device of an identity: its recipient, and the signing key that is derived from it. */
export async function deviceOf(identity) {
  const seed = Buffer.from(hkdfSync("sha256", identity, "", "relais device signing key v1", 32));
  const key = signingKey(seed);
  const recipient = await identityToRecipient(identity);
  return { recipient, signing: key.key, sign: (...parts) => base64(signed(key, ...parts)) };
}

/** Somebody who signs lists with minisign. */
export function signer(seed) {
  const id = randomBytes(8);
  const key = signingKey(seed);
  return { id, key, publicKey: base64(Buffer.concat([Buffer.from("Ed"), id, key.raw])) };
}

/** A minisign signature over a text, of the hashed kind; `spoil` takes it apart. */
export function minisign(text, { id, key }, { kind = "ED", comment = "timestamp:1\tfile:list", spoil } = {}) {
  const hashed = kind === "ED" ? createHash("blake2b512").update(text).digest() : Buffer.from(text);
  const signature = signed(key, hashed);
  const whole = signed(key, signature, comment);
  const lines = [
    "untrusted comment: signature from minisign secret key",
    base64(Buffer.concat([Buffer.from(kind), id, signature])),
    `trusted comment: ${comment}`,
    base64(whole),
  ];
  return `${(spoil ? spoil(lines) : lines).join("\n")}\n`;
}

/** The text of a list of associations, as the head names its hash. */
export const listText = (associations) =>
  `${JSON.stringify(
    [...associations].map(({ id, name, role, country, recipients, devices }) => ({
      id,
      name,
      role,
      country,
      recipients,
      devices: devices.map(({ recipient, signing, coordinator = false }) => ({
        recipient,
        signing,
        coordinator,
      })),
    })),
  )}\n`;

/** What `GET /extract` answers, for a list and those who sign it. */
export function extract(list, { service, version, until, serverKeys, signers, threshold, signedBy = signers }) {
  const head = `${JSON.stringify({
    v: 1,
    service,
    version,
    ...(until ? { until } : {}),
    server_keys: serverKeys,
    associations: base64(sha256(list)),
  })}\n`;
  return {
    head,
    signatures: signedBy.map((one) => minisign(head, one)),
    signers: signers.map((one) => one.publicKey),
    threshold,
  };
}

/** The twelve words that stand on the operator's paper. */
export function fingerprint({ service, signers, threshold }, serverKey) {
  const keys = signers.map((one) => one.publicKey).sort();
  const text = `relais desk fingerprint v1\n${service}\n${threshold}\n${keys.join(",")}\n${serverKey}\n`;
  return wordsFor(text, 12).join(" ");
}

/** A claim, a note or a copy, under the name of a device; without a device, under nobody's. */
export function paper(content, { service, association, handoff, device }) {
  const line = JSON.stringify({ v: 1, at: "2026-11-26T10:00:00Z", pseudonym: "Karim", ...content });
  if (!device) return `${line}\n`;
  const domain = `relais desk paper v1\n${service}\n${association}\n${handoff}\n`;
  return `${line}\n${JSON.stringify({ device: device.recipient, signature: device.sign(domain, line) })}\n`;
}

/** A coordinator's removal of another device. */
export function removal({ service, association, device, by, at = "2026-11-26T10:00:00Z" }) {
  const text = `relais device removal v1\n${service}\n${association}\n${device}\n${by.recipient}\n${at}\n`;
  return { device, by: by.recipient, at, signature: by.sign(text) };
}
