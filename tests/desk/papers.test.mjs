// Papers, what was passed on, removals, memories: who wrote them, as the page's own modules see it.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import {
  Device,
  SignedList,
  openMemory,
  openToken,
  proofWith,
  readPaper,
  removalOf,
  sealMemory,
  signatureFits,
  Removals,
  writePaper,
} from "./support/modules.mjs";
import { base64, deviceOf, listText, paper, removal, sha256 } from "./support/signed.mjs";
import { newId, passedBy, record, seal, token, world } from "./support/world.mjs";

let there;
let list;
let place;
let lyon;
before(async () => {
  there = await world();
  lyon = there.associations.get("relais-lyon");
  // One colleague's device is listed without a signing key.
  const bare = await identityToRecipient(await generateX25519Identity());
  lyon.recipients.push(bare);
  const text = listText(there.associations.values());
  list = SignedList.read(text, { associations: base64(sha256(text)) });
  place = { service: there.service, association: "relais-lyon", handoff: newId() };
});

const note = { kind: "note", text: "Rappeler demain." };
const read = (text, kind = "note", where = place) => readPaper(text, kind, where, list);
const by = (device, content = note, where = place) => paper(content, { ...where, device });

test("the signing key of a device comes out of its identity alone, as another program derives it", async () => {
  for (const identity of [lyon.identities[0], await generateX25519Identity()]) {
    const [ours, theirs] = [
      new Device({ identity, recipient: await identityToRecipient(identity) }),
      await deviceOf(identity),
    ];
    assert.deepEqual([ours.signing, ours.recipient], [theirs.signing, theirs.recipient]);
    assert.equal(ours.sign("a", Buffer.from("b")), theirs.sign("ab"));
    assert.ok(signatureFits(theirs.sign("ab"), ours.signing, "a", "b"));
    assert.ok(!signatureFits(theirs.sign("ab"), ours.signing, "a", "c"));
    assert.ok(!JSON.stringify(ours).includes(identity), "nothing of the key can be written down by accident");
  }
});

test("the proof is the one that the protocol names", () => {
  const where = { serverKey: "key", origin: "https://a.example", association: "relais-lyon", id: "7" };
  const secret = new Uint8Array(32).fill(7);
  assert.equal(proofWith(secret, where), PROOF);
});
/** Reckoned by another program. */
const PROOF = "Tte/89Bx63fgsY8OXr1rmk5w6WNz2vxqvxFUXogEzcc=";

test("what the page writes down is read as proved, and by whom", async () => {
  const device = new Device({ identity: lyon.identities[0], recipient: lyon.recipients[0] });
  const text = writePaper(device, place, { v: 1, at: "2026-11-26T10:00:00Z", pseudonym: "Ana", ...note });
  const { ok, proved, device: who, pseudonym, text: said } = read(text);
  assert.deepEqual([ok, proved, who, pseudonym, said], [true, true, device.recipient, "Ana", note.text]);
});

test("a colleague's paper is proved by the signed list, and not proved without a key there", () => {
  assert.equal(read(by(lyon.devices[1])).proved, true);
  assert.equal(read(by(null)).proved, false);
  assert.equal(read(by(null).trim()).proved, false, "as the first protocol wrote it");
  const bare = { recipient: lyon.recipients[2], sign: () => base64(Buffer.alloc(64)) };
  assert.equal(read(by(bare)).proved, false);
  const stranger = there.associations.get("abri-marseille").devices[0];
  assert.equal(read(by(stranger)).proved, false, "another association's device proves nothing here");
});

test("a forged paper is not shown: another's name, another place, changed words, a line that makes no sense", async () => {
  const [one, two] = lyon.devices;
  const forged = (text, kind, where) => assert.deepEqual(read(text, kind, where), { ok: false, fault: "forged_paper" });
  forged(by({ recipient: two.recipient, sign: one.sign }));
  forged(by(one).replace("demain", "jamais"));
  forged(by(one), "note", { ...place, handoff: newId() });
  forged(by(one), "note", { ...place, association: "relais-lyon", service: "relais-other" });
  forged(by(one).replace('"signature":"', '"signature":"A'));
  forged(`${JSON.stringify({ v: 1, ...note })}\nsigned by Ana\n`);
  forged(`${JSON.stringify({ v: 1, ...note })}\n{"device":"${one.recipient}"}\n`);
  assert.equal(read(by(one), "claim").fault, "mixed_up", "a note is no claim");
  assert.equal(read(`${by(one)}more\n`).fault, "not_token");
  assert.equal(read("[]\n").fault, "not_token");
});

test("blanks and names of a paper are short texts, whatever stands there", () => {
  const odd = { kind: "reply", phrase: 7, pseudonym: ["x"], args: { a: "b", c: { d: 1 }, e: "x".repeat(99) } };
  const { phrase, pseudonym, args } = read(by(lyon.devices[0], odd), "reply");
  assert.deepEqual([phrase, pseudonym, args], ["", "", { a: "b" }]);
});

test("who passed a request on is proved, not proved, or forged", async () => {
  const marseille = there.associations.get("abri-marseille");
  const third = {
    passed_on: { by: marseille.id, to: "relais-lyon", at: "2026-11-26T10:00:00Z", note: "Complets." },
    recipients: lyon.recipients,
  };
  const open = async (more, change = third) => {
    const handoff = newId();
    const how = { third: change, sealTo: lyon.recipients, ...more };
    const file = await token(record(handoff, Date.now()), marseille.recipients, there.signing, how);
    const key = { identity: lyon.identities[0], recipient: lyon.recipients[0] };
    return openToken(file, key, { serverKeys: [there.signing.key], handoff, kind: "handoff", list });
  };
  const [device] = marseille.devices;
  assert.equal((await open({ passer: passedBy(device) })).passedOn.proved, true);
  assert.equal((await open({})).passedOn.proved, false);
  assert.equal((await open({ passer: passedBy(lyon.devices[0]) })).passedOn.proved, false, "not one of theirs");
  const forged = (lines) => passedBy(device)(lines.replace("Complets.", "Complets!"));
  assert.deepEqual(await open({ passer: forged }), { ok: false, fault: "forged_passing" });
  const away = { ...third, recipients: marseille.recipients };
  assert.equal((await open({ passer: passedBy(device) }, away)).fault, "bad_signature", "not meant for this one");
});

test("only a coordinator of the association takes a device out, and only another one", async () => {
  const [leader, other] = lyon.devices;
  const where = { service: there.service, association: "relais-lyon" };
  const told = (one) => (one && typeof one === "object" ? { association: "relais-lyon", ...one } : one);
  const valid = (one) => [...new Removals([told(one)], { list, ...where }).valid.keys()];
  const good = { ...where, device: other.recipient, by: leader };
  assert.deepEqual(valid(removal(good)), [`relais-lyon ${other.recipient}`]);
  assert.deepEqual(valid({ ...removal(good), association: "abri-marseille" }), [], "of another's device");
  const ours = new Device({ identity: lyon.identities[0], recipient: leader.recipient });
  const made = removalOf(ours, { ...where, removed: other.recipient, at: "2026-11-26T10:00:00Z" });
  assert.deepEqual(made, removal(good));
  const stranger = there.associations.get("abri-marseille").devices[0];
  for (const refused of [
    removal({ ...good, device: leader.recipient, by: other }),
    removal({ ...good, device: leader.recipient }),
    removal({ ...good, by: stranger }),
    removal({ ...good, association: "abri-marseille" }),
    removal({ ...good, service: "relais-other" }),
    removal({ ...good, at: "yesterday" }),
    { ...removal(good), at: "2026-11-27T10:00:00Z" },
    { ...removal(good), device: lyon.recipients[2] },
    { ...removal(good), signature: "" },
    { ...removal(good), by: null },
    null,
    "removed",
  ]) {
    assert.deepEqual(valid(refused), [], JSON.stringify(refused));
  }
  assert.equal(new Removals("nothing", { list, ...where }).valid.size, 0);
});

test("a memory of the first protocol keeps what was read and the name, and trusts nobody yet", async () => {
  const key = { identity: lyon.identities[0], recipient: lyon.recipients[0] };
  const old = {
    read: ["a", "b"],
    pseudonym: "Ana",
    pins: { serverKey: "x", recipients: lyon.recipients, others: {} },
  };
  const opened = await openMemory(key, await seal([key.recipient], JSON.stringify(old)));
  assert.deepEqual(opened, { v: 2, read: ["a", "b"], pseudonym: "Ana", trust: null });
  assert.deepEqual(await openMemory(key, await sealMemory(key, opened)), opened);
  assert.deepEqual(await openMemory(key, null), { v: 2, read: [], pseudonym: "", trust: null });
});

test("a memory that is damaged, another's, or makes no sense is never an empty one", async () => {
  const key = { identity: lyon.identities[0], recipient: lyon.recipients[0] };
  const broken = (sealed) => assert.rejects(openMemory(key, sealed), { code: "memory_broken" });
  const sealed = await sealMemory(key, await openMemory(key, null));
  sealed[sealed.length - 1] ^= 1;
  await broken(sealed);
  await broken(new Uint8Array([1, 2, 3]));
  await broken(await seal([lyon.recipients[1]], JSON.stringify({ read: [], pseudonym: "", trust: null })));
  for (const rubbish of [
    "",
    "[]",
    "null",
    JSON.stringify({ read: [], pseudonym: "", trust: {} }),
    JSON.stringify({ read: [1], pseudonym: "", trust: null }),
    JSON.stringify({ read: [], pseudonym: "", trust: { service: "relais-demo", signers: [], threshold: 1 } }),
  ]) {
    await broken(await seal([key.recipient], rubbish));
  }
});
