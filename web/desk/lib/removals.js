// A coordinator takes another device of the association out at once; the signed list follows later.

import { signatureFits } from "./device.js";

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

const textOf = ({ service, association, device, by, at }) =>
  `relais device removal v1\n${service}\n${association}\n${device}\n${by}\n${at}\n`;

/** Makes a removal that other devices believe. */
export function removalOf(device, { service, association, removed, at }) {
  const { recipient: by } = device;
  const signature = device.sign(textOf({ service, association, device: removed, by, at }));
  return { device: removed, by, at, signature };
}

/** The devices that are out, each by the word of a coordinator of its association in the signed list. */
export class Removals {
  constructor(told = [], { list, service } = {}) {
    this.valid = new Map();
    for (const one of Array.isArray(told) ? told : []) {
      const { association, device, by, at, signature } = one ?? {};
      if (![association, device, by, at].every((text) => typeof text === "string") || !MOMENT.test(at)) continue;
      const coordinator = list.device(association, by);
      if (!coordinator?.coordinator || device === by) continue;
      if (signatureFits(signature, coordinator.signing, textOf({ service, association, device, by, at }))) {
        this.valid.set(`${association} ${device}`, { by, at });
      }
    }
  }

  get size() {
    return this.valid.size;
  }

  /** Returns by whom and when a device of an association was taken out, or undefined. */
  of(association, device) {
    return this.valid.get(`${association} ${device}`);
  }
}
