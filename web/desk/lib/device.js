// The keys of this device: the age identity reads, and the signing key that is derived from it writes its name
// under what the device does. One set of words names both.

import { ed25519, hkdf, sha256 } from "../vendor/age.js";
import { bytesIn, bytesOf, exactBase64, toBase64 } from "./bytes.js";

const INFO = bytesOf("relais device signing key v1");

/** A device: its recipient, its public signing key, and the way to sign. */
export class Device {
  #seed;

  constructor({ identity, recipient }) {
    this.#seed = hkdf(sha256, bytesOf(identity.trim().toUpperCase()), undefined, INFO, 32);
    this.recipient = recipient;
    this.signing = toBase64(ed25519.getPublicKey(this.#seed));
  }

  /** The text whose words the volunteer reads to the operator. */
  get enrolment() {
    return enrolmentOf(this.recipient, this.signing);
  }

  /** The piece of the directory that names this device. */
  get entry() {
    return `{ recipient = "${this.recipient}", signing = "${this.signing}" }`;
  }

  /** Signs texts and bytes, one after the other; the signature in base64. */
  sign(...parts) {
    return toBase64(ed25519.sign(bytesIn(...parts), this.#seed));
  }
}

/** A device that is listed without a signing key goes by its recipient alone. */
export const enrolmentOf = (recipient, signing) => (signing ? `${recipient} ${signing}` : recipient);

/** Returns whether a signature over texts and bytes is that of a key; both are base64. */
export function signatureFits(signature, key, ...parts) {
  const [signed, point] = [exactBase64(signature, 64), exactBase64(key, 32)];
  if (!signed || !point) return false;
  try {
    return ed25519.verify(signed, bytesIn(...parts), point, { zip215: false });
  } catch {
    return false;
  }
}
