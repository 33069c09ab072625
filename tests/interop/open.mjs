// Opens a handoff token with typage and checks its signature from the written format alone.
// usage: node open.mjs IDENTITY_FILE TOKEN_FILE; prints {record, signature_fits, key} as JSON.

import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { Decrypter, armor } from "age-encryption";

const [, , identityFile, tokenFile] = process.argv;
const identity = readFileSync(identityFile, "utf8")
  .split("\n")
  .find((line) => line.startsWith("AGE-SECRET-KEY-1"));
const file = readFileSync(tokenFile);
const token = file.subarray(0, 5).toString() === "-----" ? armor.decode(file.toString()) : file;

const decrypter = new Decrypter();
decrypter.addIdentity(identity);
const plaintext = await decrypter.decrypt(token, "text");
const [line, sealLine] = plaintext.split("\n");
const seal = JSON.parse(sealLine);

const fingerprint = createHash("sha256").update([...seal.recipients].sort().join("\n")).digest();
const signed = Buffer.concat([Buffer.from("relais handoff token v1\n"), fingerprint, Buffer.from(line)]);
const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(seal.key, "base64").toString("base64url") };
const key = createPublicKey({ key: jwk, format: "jwk" });
const fits = verify(null, signed, key, Buffer.from(seal.signature, "base64"));

console.log(JSON.stringify({ record: JSON.parse(line), signature_fits: fits, key: seal.key }));
