// A small world for the tests: a server's signing key, two associations and a national team with real age
// keys, and tokens sealed as the server seals them.

import { createHash, randomBytes, sign } from "node:crypto";
import { Encrypter, Decrypter, generateX25519Identity } from "age-encryption";
import { base64, deviceOf, signer, signingKey } from "./signed.mjs";

const DOMAIN = Buffer.from("relais handoff token v1\n");
const BUCKETS = [2 << 10, 4 << 10, 8 << 10, 16 << 10];

export { base64, signingKey };

export async function seal(recipients, plaintext) {
  const encrypter = new Encrypter();
  for (const name of recipients) encrypter.addRecipient(name);
  return encrypter.encrypt(plaintext);
}

export async function unseal(identity, bytes) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return Buffer.from(await decrypter.decrypt(bytes));
}

function pad(text) {
  const length = Buffer.byteLength(text);
  const bucket = BUCKETS.find((size) => length < size);
  return `${text}${" ".repeat(bucket - 1 - length)}\n`;
}

/** The line under what was passed on: whose device did it. */
export const passedBy = (device) => (lines) => ({
  device: device.recipient,
  signature: device.sign("relais desk passed on v1\n", lines),
});

/**
 * Signs, pads and seals a record as src/handoff.rs does. `spoil` changes the record after it was signed; `third`
 * says that it was passed on, and `passer` by whom.
 */
export async function token(
  record,
  recipients,
  signing,
  { spoil = (line) => line, third = null, passer = null, sealTo = recipients } = {},
) {
  const names = [...recipients].sort();
  const line = JSON.stringify(record);
  const fingerprint = createHash("sha256").update(names.join("\n")).digest();
  const signature = sign(null, Buffer.concat([DOMAIN, fingerprint, Buffer.from(line)]), signing.privateKey);
  const second = JSON.stringify({ signature: base64(signature), key: signing.key, recipients: names });
  const lines = `${spoil(line)}\n${second}\n${third ? `${JSON.stringify(third)}\n` : ""}`;
  return seal(sealTo, pad(`${lines}${passer ? `${JSON.stringify(passer(lines))}\n` : ""}`));
}

async function association(id, name, more = {}) {
  const identities = await Promise.all([generateX25519Identity(), generateX25519Identity()]);
  const devices = await Promise.all(identities.map(deviceOf));
  devices[0].coordinator = true;
  const recipients = devices.map(({ recipient }) => recipient);
  return {
    id,
    name,
    country: "FR",
    department: null,
    role: "association",
    situations: [],
    languages: ["fr"],
    routable: true,
    pausedUntil: null,
    identities,
    recipients,
    devices,
    removals: [],
    ...more,
  };
}

export async function world() {
  const all = await Promise.all([
    association("relais-lyon", "Association d'exemple, Lyon", {
      department: "69",
      situations: ["labour", "domestic"],
      languages: ["fr", "en", "ar"],
    }),
    association("abri-marseille", "Abri d'exemple, Marseille", {
      department: "13",
      situations: ["sexual", "labour", "family"],
      languages: ["fr", "ar"],
    }),
    association("ecoute-lille", "Écoute d'exemple, Lille", {
      department: "59",
      situations: ["begging"],
      languages: ["fr", "ro"],
    }),
    association("fermee-nice", "Maison d'exemple, Nice", {
      department: "06",
      situations: ["labour"],
      languages: ["fr", "ar"],
      routable: false,
    }),
    association("nationale", "Équipe nationale d'exemple", {
      role: "national_team",
      languages: ["fr", "en"],
      situations: ["sexual", "labour", "domestic", "begging", "crime", "family", "other"],
    }),
  ]);
  return {
    service: "relais-demo",
    signers: [signer(), signer(), signer()],
    threshold: 2,
    signing: signingKey(),
    associations: new Map(all.map((one) => [one.id, one])),
  };
}

export const newId = () => randomBytes(16).toString("hex");

/** A way back to a person, as the server writes it. */
export const newAddress = () => randomBytes(48).toString("base64url");

/** A request as a record; the parts that matter to a test are given. */
export function record(handoff, now, more = {}) {
  const hour = new Date(Math.floor(now / 3_600_000) * 3_600_000).toISOString().replace(".000", "");
  return {
    v: 1,
    kind: "handoff",
    handoff,
    received: hour,
    locale: "ar",
    for_whom: "self",
    who: "woman",
    age: "adult",
    situation: "labour",
    needs: ["leave"],
    danger: false,
    place: { country: "FR", departement: "69", commune: "69123" },
    distance: "far",
    contact: { channel: "telegram", window: "evening" },
    spoken_languages: ["ar"],
    consent: { version: 1, at: hour },
    routing: { reasons: ["serves:labour", "speaks:ar", "same_department", "distance_km:4"] },
    sign: "",
    return_address: newAddress(),
    ...more,
  };
}
