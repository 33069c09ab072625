// What the server may answer. An answer of another shape is never read further: it would not be this server's.

import { untrusted } from "./fault.js";
import { SLUG } from "./signed-list.js";

const KINDS = new Set(["handoff", "addition", "message", "withdrawal", "claim", "note", "reply"]);
const CODE = /^[a-z_]{1,24}$/;
const MOST_TEXT = 4_000;
const TEXT = 1_000;

const isText = (value) => typeof value === "string";
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const orNothing = (value, check) => value === undefined || value === null || check(value);
const isMoment = (value) => isText(value) && value.length <= 40 && !Number.isNaN(Date.parse(value));
const isSlugs = (value) => Array.isArray(value) && value.every((one) => isText(one) && SLUG.test(one));
const isCode = (value) => isText(value) && CODE.test(value);
const isBase64 = (value) => isText(value) && /^[A-Za-z0-9+/]*={0,2}$/.test(value);

function need(holds) {
  if (!holds) throw untrusted("answer");
}

/** `POST /sessions`. */
export function readSession(answer, { association, device }) {
  const { token } = answer;
  need(isText(token) && /^[\x21-\x7e]{1,2048}$/.test(token) && answer.association === association);
  need(orNothing(answer.device, (value) => value === device));
  return { token, signs: answer.device === device };
}

/** `GET /me`: only the pause is taken from here. */
export function readMe(answer) {
  need(orNothing(answer.paused_until, isMoment));
  return { paused_until: answer.paused_until ?? null };
}

function readToken(token) {
  need(isObject(token) && isText(token.id) && /^[\w-]{1,64}$/.test(token.id));
  need(isText(token.handoff) && /^[0-9a-f]{32}$/.test(token.handoff));
  need(isCode(token.kind) && isCode(token.state) && isMoment(token.received));
  need([token.respond_by, token.expires_on].every((value) => orNothing(value, isMoment)));
  need([token.delivery, token.audience].every((value) => orNothing(value, isCode)));
  need(orNothing(token.ciphertext, isBase64) && orNothing(token.refused_by, isSlugs));
  need(orNothing(token.taken_by, (value) => isSlugs([value])));
  return { ...token, ciphertext: token.ciphertext ?? "" };
}

/** `GET /handoffs`. A kind that this page does not know yet is left out. */
export function readPage(answer) {
  const { cursor, more, extract, tokens } = answer;
  need(isText(cursor) && cursor.length <= 512 && typeof (more ?? false) === "boolean");
  need(orNothing(extract, Number.isSafeInteger) && Array.isArray(tokens));
  const known = tokens.map(readToken).filter(({ kind }) => KINDS.has(kind));
  return { cursor, more: more === true, extract: extract ?? null, tokens: known };
}

const list = (value, check) => (Array.isArray(value) ? value.filter((one) => isText(one) && check(one)) : []);

/** `GET /directory`: the signed text as it is, and hints, which can be wrong. */
export function readDirectory(answer) {
  need(isText(answer.extract));
  const hints = new Map();
  for (const one of Array.isArray(answer.associations) ? answer.associations.filter(isObject) : []) {
    hints.set(one.id, {
      routable: one.routable === true,
      full: one.full === true,
      department: isText(one.department) && /^[0-9AB]{2,3}$/.test(one.department) ? one.department : null,
      languages: list(one.languages, (tag) => /^[A-Za-z0-9-]{2,16}$/.test(tag)),
      situations: list(one.situations, (code) => CODE.test(code)),
    });
  }
  const text = answer.limits?.text;
  const most = Number.isSafeInteger(text) && text >= 1 ? Math.min(text, MOST_TEXT) : TEXT;
  return { extract: answer.extract, hints, limits: { text: most } };
}

/** `GET /devices`: only the removals, of every association; each is checked. Which devices there are is in the signed list. */
export function readDevices(answer) {
  need(orNothing(answer.removals, Array.isArray));
  return answer.removals ?? [];
}

/** An answer to an act: nothing in it is needed but when a message goes out. */
export const readSent = (answer) => ({ notBefore: isMoment(answer.not_before) ? answer.not_before : null });
