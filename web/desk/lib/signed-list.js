// The list of associations that the signers signed: names, roles, countries and keys come from nowhere else.

import { isRecipient } from "./age.js";
import { exactBase64 } from "./bytes.js";
import { untrusted } from "./fault.js";
import { hashOf } from "./trust.js";

export const SLUG = /^[a-z0-9-]{1,64}$/;
const LONGEST_NAME = 200;

const isArray = Array.isArray;
const unique = (list) => new Set(list).size === list.length;

function readDevice(device) {
  const { recipient, signing, coordinator = false } = device ?? {};
  const sound = isRecipient(recipient) && exactBase64(signing, 32) && typeof coordinator === "boolean";
  if (!sound) throw untrusted("list");
  return { recipient, signing, coordinator };
}

function readAssociation(one) {
  const { id, name, role, country, recipients, devices = [] } = one ?? {};
  const sound =
    [id, name, country].every((text) => typeof text === "string") &&
    SLUG.test(id) &&
    name.length <= LONGEST_NAME &&
    ["association", "national_team"].includes(role) &&
    /^[A-Z]{2}$/.test(country) &&
    isArray(recipients) &&
    recipients.every(isRecipient) &&
    unique(recipients) &&
    isArray(devices);
  if (!sound) throw untrusted("list");
  const known = devices.map(readDevice);
  if (!known.every(({ recipient }) => recipients.includes(recipient))) throw untrusted("list");
  if (!unique(known.map(({ recipient }) => recipient))) throw untrusted("list");
  return { id, name, role, country, recipients, devices: known };
}

/** The associations of one signed list. */
export class SignedList {
  constructor(associations) {
    this.associations = associations;
  }

  /** Reads the text that `GET /directory` gives; it must be the one that the head names. */
  static read(text, head) {
    if (typeof text !== "string" || hashOf(text) !== head.associations) throw untrusted("list");
    let found;
    try {
      found = JSON.parse(text);
    } catch {
      throw untrusted("list");
    }
    if (!isArray(found) || !/^[^\r\n]*\n$/.test(text)) throw untrusted("list");
    const associations = found.map(readAssociation);
    if (!unique(associations.map(({ id }) => id))) throw untrusted("list");
    return new SignedList(associations);
  }

  find(id) {
    return this.associations.find((one) => one.id === id) ?? null;
  }

  /** Returns a device with a signing key of an association, or null. */
  device(association, recipient) {
    return this.find(association)?.devices.find((one) => one.recipient === recipient) ?? null;
  }

  /**
   * Returns the national team that reads along when something goes to an association, or undefined: the one that the
   * request was sealed to (`chosen`, out of its signed record). Of a request from before that names none: the team of
   * the target's country, and where that country has none, of the country of the one who passes it on.
   */
  teamFor(target, own, chosen) {
    const teams = this.associations.filter((one) => one.role === "national_team" && one.id !== target.id);
    const of = (country) => teams.find((one) => one.country === country);
    return teams.find((one) => one.id === chosen) ?? of(target.country) ?? (own ? of(own.country) : undefined);
  }
}
