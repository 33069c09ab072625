// age files: to recipients, and under a passphrase. Nothing here is home-made: it only calls the library.

import { Decrypter, Encrypter, armor, generateX25519Identity, identityToRecipient } from "../vendor/age.js";
import { fromBase64, textOf, toBase64 } from "./bytes.js";

/** scrypt's work factor (log2 N) for a volunteer's passphrase: 64 MiB and about a second on a cheap phone. */
const WORK_FACTOR = 16;
/** Only these are recipients: age's post-quantum ones must not be mixed with them in one file. */
const RECIPIENT = /^age1[02-9ac-hj-np-z]{58}$/;
const IDENTITY = /AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}/;

export const isRecipient = (text) => typeof text === "string" && RECIPIENT.test(text);
export const newIdentity = () => generateX25519Identity();
export const recipientOf = (identity) => identityToRecipient(identity);
export const toArmor = (bytes) => armor.encode(bytes);

/** Returns the identity that stands in a text as age-keygen writes it, or null. */
export const identityIn = (text) => IDENTITY.exec(text)?.[0] ?? null;

export const isArmor = (text) => text.trimStart().startsWith("-----BEGIN AGE ENCRYPTED FILE-----");

/** Returns the age file in these bytes, whether it is armored or not. */
export function fileIn(bytes) {
  const start = String.fromCharCode(...bytes.subarray(0, 64)).trimStart();
  return start.startsWith("-----BEGIN AGE") ? armor.decode(textOf(bytes).trim()) : bytes;
}

/** Encrypts a text to every recipient; the bytes of the age file. */
export async function sealTo(recipients, plaintext) {
  const names = [...new Set(recipients)];
  if (names.length === 0 || !names.every(isRecipient)) throw new Error("a recipient is not one");
  const encrypter = new Encrypter();
  for (const name of names) encrypter.addRecipient(name);
  return encrypter.encrypt(plaintext);
}

/** Encrypts a text to recipients, as it stands in the server's JSON. */
export const sealText = async (recipients, plaintext) => toBase64(await sealTo(recipients, plaintext));

/** Decrypts an age file to bytes; throws where the identity is not among its recipients. */
export async function unseal(identity, file) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(file);
}

export const unsealText = async (identity, base64) => textOf(await unseal(identity, fromBase64(base64)));

/** Protects a text with a passphrase, in age armor. */
export async function protect(passphrase, plaintext) {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(WORK_FACTOR);
  encrypter.setPassphrase(passphrase);
  return armor.encode(await encrypter.encrypt(plaintext));
}

/** Opens what a passphrase protects; throws where it is wrong. */
export async function unprotect(passphrase, armored) {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  return textOf(await decrypter.decrypt(armor.decode(armored.trim())));
}
