// Whether something that was decrypted left the device, in whatever dress.

import assert from "node:assert/strict";

/** How bytes look inside a longer text: as they are, in hex, and in base64 wherever they begin. */
export function dresses(value) {
  const bytes = Buffer.from(value);
  const forms = new Set([bytes.toString("latin1"), bytes.toString("hex"), bytes.toString("hex").toUpperCase()]);
  if (typeof value === "string") forms.add(value).add(encodeURIComponent(value)).add(JSON.stringify(value).slice(1, -1));
  for (const before of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    // The letters at both ends also hold bits of what stands beside.
    const middle = text.slice(before === 0 ? 0 : before + 1).replace(/=+$/, "").slice(0, -1);
    forms.add(middle).add(middle.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return [...forms].filter((form) => form.length >= 8);
}

/** Everything of a call that a server or somebody on the way sees. */
export const seen = ({ method, url, path, headers, raw, body }) =>
  [method, url ?? path, JSON.stringify(headers ?? {}), raw ?? JSON.stringify(body ?? "")].join("\n");

/** Asserts that none of these secrets stands in any call. */
export function assertNothingLeft(calls, secrets) {
  for (const call of calls) {
    const text = seen(call);
    for (const [name, secret] of Object.entries(secrets)) {
      for (const form of dresses(secret)) {
        assert.ok(!text.includes(form), `${name} left the device in ${call.method} ${call.path ?? call.url}`);
      }
    }
  }
}
