// How a person is reached now: the cases that the terminal runs as well, and what else the page merges.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { canAnswer, merge, reach } from "./support/modules.mjs";
import { newAddress } from "./support/world.mjs";

const { cases } = JSON.parse(await readFile(new URL("../vectors/reach.json", import.meta.url), "utf8"));

const found = ({ contact, return_address: address, stopped }) => ({
  channel: contact.channel,
  window: contact.window,
  return_address: address ?? null,
  stopped,
});

test("how a person is reached is one value", () => {
  assert.ok(cases.length > 0);
  for (const { name, request, pieces, expect } of cases) {
    assert.deepEqual(found(reach(request, pieces)), expect, name);
    assert.deepEqual(found(merge(request, pieces)), expect, name);
  }
});

test("who stopped is not written to, whatever way back there is", () => {
  const request = { contact: { channel: "telegram", window: "any" }, return_address: newAddress() };
  assert.ok(canAnswer(merge(request, [])));
  assert.ok(!canAnswer(merge(request, [{ contact: request.contact, stop: true }])));
});

test("a number that is none changes nothing", () => {
  const request = { contact: { channel: "telegram", window: "any" }, return_address: "first" };
  for (const no of ["7", null, 1.5, -1, Number.NaN]) {
    const piece = { contact: { channel: "none", window: "none" }, reach_no: no };
    assert.equal(reach(request, [piece]).return_address, "first", String(no));
  }
});

test("a phone that found the request by its code does not choose the language of the answers", () => {
  const request = { locale: "ar", contact: {}, return_address: "first" };
  const own = { locale: "fr", contact: {} };
  assert.equal(merge(request, [{ ...own, elsewhere: true }]).locale, "ar");
  assert.equal(merge(request, [own, { locale: "en", contact: {}, elsewhere: true }]).locale, "fr");
});
