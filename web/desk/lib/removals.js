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

/** Returns the removals that a coordinator of the signed list made, by device; whatever else is told is nothing. */
export function validRemovals(told, { list, service, association }) {
  const valid = new Map();
  for (const one of Array.isArray(told) ? told : []) {
    const { device, by, at, signature } = one ?? {};
    if (typeof device !== "string" || typeof by !== "string" || !MOMENT.test(at)) continue;
    const coordinator = list.device(association, by);
    if (!coordinator?.coordinator || device === by) continue;
    if (signatureFits(signature, coordinator.signing, textOf({ service, association, device, by, at }))) {
      valid.set(device, { by, at });
    }
  }
  return valid;
}
