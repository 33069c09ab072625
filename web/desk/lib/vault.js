// What this device keeps, in IndexedDB: the language, and the volunteer's key file under a passphrase or a
// passkey. Whoever takes the device learns neither the association nor the pseudonym: they stand inside.

import { Decrypter, Encrypter, armor, webauthn } from "../vendor/age.js";
import { identityIn, protect, recipientOf, sealTo, unprotect, unseal } from "./age.js";
import { textOf } from "./bytes.js";
import { Fault } from "./fault.js";
import { isTrust } from "./trust.js";

const NAME = "relais-desk";
const STORE = "kept";
const KEY = "profile";
/** Stands apart from the profile: another tab that writes the profile must not wipe it away. */
const STOPPED = "stopped";

function request(call) {
  return new Promise((resolve, reject) => {
    call.onsuccess = () => resolve(call.result);
    call.onerror = () => reject(call.error);
  });
}

async function within(mode, action) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const base = await request(opening);
  try {
    return await request(action(base.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    base.close();
  }
}

/** Returns what the device keeps, or null. */
export const load = () =>
  within("readonly", (store) => store.get(KEY)).then(
    (kept) => kept ?? null,
    () => null,
  );

/** Keeps it; returns whether the browser let us. */
export const keep = (profile) =>
  within("readwrite", (store) => store.put(profile, KEY)).then(
    () => true,
    () => false,
  );

/** Notes that nothing may be sent until a person acts; `stop` is `{ why, at }`, or null to go on. */
export const keepStop = (stop) =>
  within("readwrite", (store) => (stop ? store.put(stop, STOPPED) : store.delete(STOPPED))).catch(
    () => undefined,
  );

export const loadStop = () =>
  within("readonly", (store) => store.get(STOPPED)).then(
    (stop) => stop ?? null,
    () => null,
  );

export const forget = () => within("readwrite", (store) => store.delete(KEY)).catch(() => undefined);

/** Writes a key file as age-keygen does; the comments carry what the desk needs beside the key. */
export function keyFile({ identity, recipient, association, pseudonym }) {
  const oneLine = (text) => text.replace(/[\r\n]/g, " ");
  return [
    "# relais desk",
    `# association: ${oneLine(association)}`,
    `# pseudonym: ${oneLine(pseudonym)}`,
    `# public key: ${recipient}`,
    identity,
    "",
  ].join("\n");
}

/** Reads a key file of ours, of age-keygen, or a bare identity; null where no identity stands in it. */
export async function readKeyFile(text) {
  const identity = identityIn(text);
  if (!identity) return null;
  const comment = (name) => new RegExp(`^# ${name}: (.*)$`, "m").exec(text)?.[1]?.trim() ?? "";
  return {
    identity,
    recipient: await recipientOf(identity),
    association: comment("association"),
    pseudonym: comment("pseudonym"),
  };
}

export const lockWith = (passphrase, key) => protect(passphrase, keyFile(key));

/** Opens a key file that a passphrase protects; throws where it is wrong. */
export const unlockWith = async (passphrase, locked) => readKeyFile(await unprotect(passphrase, locked));

/** Returns whether this browser may make passkeys here (never inside another page's frame). */
export const passkeysWork = () =>
  window.isSecureContext && window.top === window && typeof PublicKeyCredential === "function";

/** Makes a passkey on the device and protects the key file with it (WebAuthn's PRF extension). */
export async function lockWithPasskey(key) {
  const credential = await webauthn.createCredential({ keyName: "Relais" });
  const encrypter = new Encrypter();
  encrypter.addRecipient(new webauthn.WebAuthnRecipient({ identity: credential }));
  return { credential, locked: armor.encode(await encrypter.encrypt(keyFile(key))) };
}

export async function unlockWithPasskey({ credential, locked }) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(new webauthn.WebAuthnIdentity({ identity: credential }));
  return readKeyFile(textOf(await decrypter.decrypt(armor.decode(locked))));
}

const isWords = (value) => Array.isArray(value) && value.every((one) => typeof one === "string");

/**
 * What the desk remembers between two openings, sealed to the volunteer's own key: which tokens were read, the
 * pseudonym, and whom the device trusts. A memory that does not open is never taken for an empty one: whoever
 * damaged it could have the device trust another server.
 */
export async function openMemory(key, sealed) {
  if (!sealed) return { v: 2, read: [], pseudonym: "", trust: null };
  try {
    const { read, pseudonym, trust = null } = JSON.parse(textOf(await unseal(key.identity, sealed)));
    const sound = isWords(read) && typeof pseudonym === "string" && (trust === null || isTrust(trust));
    if (!sound) throw new Error("this is no memory");
    // A desk of the first protocol trusted other things: it keeps what was read, and asks for the words.
    return { v: 2, read, pseudonym, trust };
  } catch {
    throw new Fault("memory_broken");
  }
}

export const sealMemory = (key, memory) => sealTo([key.recipient], JSON.stringify(memory));
