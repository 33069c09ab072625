// What an association writes down for itself: claims, notes and copies of replies, under the name of a device.

import { signatureFits } from "./device.js";

const LONGEST_TEXT = 4_000;

const domain = ({ service, association, handoff }) =>
  `relais desk paper v1\n${service}\n${association}\n${handoff}\n`;

const objectIn = (line) => {
  try {
    const value = JSON.parse(line);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
};

/** Writes a paper: its line, and the line that says which device wrote it. */
export function writePaper(device, place, content) {
  const line = JSON.stringify(content);
  const signed = { device: device.recipient, signature: device.sign(domain(place), line) };
  return `${line}\n${JSON.stringify(signed)}\n`;
}

/**
 * Says whose signature stands under a text: `proved` with the device, `unproved` where nothing can be checked, or
 * `forged`. `under` is the line that says who, or an empty one; `device` finds a device in the signed list.
 */
export function proofOf(under, device, ...signed) {
  if (under.trim() === "") return { proof: "unproved", device: null };
  const said = objectIn(under);
  if (typeof said?.device !== "string" || typeof said.signature !== "string") return { proof: "forged" };
  const known = device(said.device);
  if (!known) return { proof: "unproved", device: null };
  if (!signatureFits(said.signature, known.signing, ...signed)) return { proof: "forged" };
  return { proof: "proved", device: said.device };
}

/** Reads a paper of one kind; `{ ok: false, fault }` and nothing of it where it is out of place or forged. */
export function readPaper(plaintext, kind, place, list) {
  const [line, under = "", ...rest] = plaintext.split("\n");
  const content = objectIn(line);
  if (!content || rest.some((more) => more !== "")) return { ok: false, fault: "not_token" };
  const device = (recipient) => list.device(place.association, recipient);
  const { proof, device: by } = proofOf(under, device, domain(place), line);
  if (proof === "forged") return { ok: false, fault: "forged_paper" };
  if (content.kind !== kind) return { ok: false, fault: "mixed_up" };
  const said = (value, length) => (typeof value === "string" ? value.slice(0, length) : "");
  return {
    ok: true,
    proved: proof === "proved",
    device: by,
    pseudonym: said(content.pseudonym, 40),
    at: said(content.at, 40),
    text: said(content.text, LONGEST_TEXT),
    phrase: said(content.phrase, 80),
    args: argsIn(content.args),
  };
}

/** The blanks of a phrase: short texts and nothing else, whoever wrote the paper. */
function argsIn(value) {
  const entries = value !== null && typeof value === "object" ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter(([, one]) => typeof one === "string" && one.length <= 80));
}
