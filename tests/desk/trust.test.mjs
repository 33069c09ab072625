// Whom a device trusts: the page's own modules against lists that somebody made up.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  SignedList,
  countSigners,
  fingerprintOf,
  follow,
  isPast,
  readHead,
  readKey,
  readSignature,
  readWords,
  stops,
  trustFirst,
} from "./support/modules.mjs";
import {
  base64,
  extract,
  fingerprint,
  listText,
  minisign,
  sha256,
  signer,
  signingKey,
} from "./support/signed.mjs";
import { world } from "./support/world.mjs";

let there;
let list;
let base;
before(async () => {
  there = await world();
  list = listText(there.associations.values());
  base = {
    service: there.service,
    version: 7,
    serverKeys: [there.signing.key],
    signers: there.signers,
    threshold: 2,
  };
});

const made = (more = {}, text = list) => extract(text, { ...base, ...more });
const paper = (more = {}) => fingerprint({ ...base, ...more }, there.signing.key).split(" ");
const trusted = async (more = {}) => (await trustFirst(made(more), paper(more))).trust;
/** Signs a head that was put together by hand. */
const signed = (head, answer = made()) => ({
  ...answer,
  head,
  signatures: there.signers.map((one) => minisign(head, one)),
});
const headWith = (change) => {
  const head = JSON.parse(made().head);
  change(head);
  return `${JSON.stringify(head)}\n`;
};

test("the words of the paper open the way to the signed list", async () => {
  const { trust, head } = await trustFirst(made(), paper());
  assert.deepEqual(
    { ...trust, head: "" },
    {
      service: "relais-demo",
      signers: there.signers.map((one) => one.publicKey).sort(),
      threshold: 2,
      serverKeys: [there.signing.key],
      version: 7,
      head: "",
    },
  );
  assert.equal(trust.head, base64(sha256(made().head)));
  const found = SignedList.read(list, head);
  assert.equal(found.find("relais-lyon").name, "Association d'exemple, Lyon");
  assert.equal(found.device("relais-lyon", found.find("relais-lyon").recipients[0]).coordinator, true);
  assert.equal((await fingerprintOf(...fingerprintParts())).join(" "), paper().join(" "));
});

const fingerprintParts = () => [
  base.service,
  base.threshold,
  there.signers.map((one) => one.publicKey),
  there.signing.key,
];

test("words are read as a hand or a QR writes them", async () => {
  const typed = paper()
    .map((word, at) => (at % 2 ? word.toUpperCase() : ` ${at + 1}. ${word.replace("e", "é")}`))
    .join("-\n");
  assert.deepEqual(await readWords(typed), { words: paper(), strange: [] });
  const { strange } = await readWords("abeille zzz moulin");
  assert.deepEqual(strange, ["zzz"]);
});

test("a server with other keys is not the one on the paper, and words of another paper are not believed", async () => {
  const wrong = (answer, words) =>
    assert.rejects(trustFirst(answer, words), (fault) => fault.code === "wrong_words");
  await wrong(made({ serverKeys: [signingKey().key] }), paper());
  await wrong(made({ service: "relais-other" }), paper());
  await wrong(made({ threshold: 1 }), paper());
  await wrong(made({ signers: [...there.signers.slice(0, 2), signer()] }), paper());
  await wrong(made(), paper().reverse());
  await wrong(made(), paper().slice(0, 11));
});

test("a list that strangers signed is refused, at the first look and later", async () => {
  const strangers = [signer(), signer(), signer()];
  await stops(() => trustFirst(made({ signedBy: strangers }), paper()), "signers");
  const trust = await trusted();
  await stops(() => follow(trust, made({ version: 8, signedBy: strangers })), "signers");
  // Not even where the server says that they are the signers now.
  await stops(() => follow(trust, made({ version: 8, signers: strangers })), "signers");
});

test("too few signatures are refused; the threshold is the one that the device keeps", async () => {
  const trust = await trusted();
  const [one] = there.signers;
  await stops(() => trustFirst(made({ signedBy: [one] }), paper()), "signers");
  await stops(() => follow(trust, made({ version: 8, signedBy: [one] })), "signers");
  await stops(() => follow(trust, { ...made({ version: 8, signedBy: [one] }), threshold: 1 }), "signers");
  await stops(() => follow(trust, { ...made({ version: 8 }), signatures: [] }), "signers");
});

test("one key counts once: signed twice, or under a second id", async () => {
  const trust = await trusted();
  const [one] = there.signers;
  await stops(() => follow(trust, made({ version: 8, signedBy: [one, one, one] })), "signers");
  const twin = { ...one, id: Buffer.from("anotherid").subarray(0, 8) };
  twin.publicKey = base64(Buffer.concat([Buffer.from("Ed"), twin.id, one.key.raw]));
  await stops(() => trustFirst(made({ signers: [one, twin] }), paper({ signers: [one, twin] })), "signers");
  const keys = [one, twin].map(({ publicKey }) => readKey(publicKey));
  const { head } = made();
  assert.equal(countSigners(head, [minisign(head, one), minisign(head, twin)], keys), 1);
});

test("an older list, and other bytes under a known version, are an attack", async () => {
  const trust = await trusted();
  await stops(() => follow(trust, made({ version: 6 })), "rollback");
  await stops(() => follow(trust, made({}, listText([...there.associations.values()].slice(1)))), "rollback");
  await stops(() => follow(trust, made({ until: "2030-01-01" })), "rollback");
  assert.equal(follow(trust, made()).trust.version, 7, "the same bytes are no attack");
  assert.equal(follow(trust, made({ version: 9 })).trust.version, 9);
  // Typing the words of the same paper again does not open the way back.
  await stops(() => trustFirst(made({ version: 6 }), paper(), trust), "rollback");
});

test("a list of another service is refused, whoever signed it", async () => {
  const trust = await trusted();
  await stops(() => follow(trust, made({ version: 8, service: "relais-other" })), "service");
});

test("a newer list changes the server's keys in silence", async () => {
  const trust = await trusted();
  const next = signingKey();
  const after = follow(trust, made({ version: 8, serverKeys: [next.key, there.signing.key] })).trust;
  assert.deepEqual(after.serverKeys, [next.key, there.signing.key]);
  assert.deepEqual(after.signers, trust.signers);
});

test("signatures that are not minisign's, of the older kind, or spoilt anywhere count for nothing", () => {
  const { head } = made();
  const [one] = there.signers;
  const key = [readKey(one.publicKey)];
  const count = (text) => countSigners(head, [text], key);
  assert.equal(count(minisign(head, one)), 1);
  assert.equal(count(minisign(head, one).trimEnd()), 1, "with or without the last line end");
  assert.equal(count(minisign(head, one, { kind: "Ed" })), 0, "the older kind");
  assert.equal(count(minisign(`${head} `, one)), 0, "over another text");
  const spoilt = (spoil) => count(minisign(head, one, { spoil }));
  const flip = (text, at) => {
    const bytes = Buffer.from(text, "base64");
    bytes[at] ^= 1;
    return base64(bytes);
  };
  assert.equal(spoilt(([a, b, c, d]) => [a, b, `${c} and more`, d]), 0, "another trusted comment");
  assert.equal(spoilt(([a, b, c, d]) => [a, flip(b, 12), c, d]), 0, "the signature");
  assert.equal(spoilt(([a, b, c, d]) => [a, flip(b, 3), c, d]), 0, "the id");
  assert.equal(spoilt(([a, b, c, d]) => [a, b, c, flip(d, 0)]), 0, "the global signature");
  assert.equal(spoilt(([, b, c, d]) => [b, c, d]), 0, "a line is missing");
  assert.equal(spoilt((lines) => [...lines, "more"]), 0, "a line too many");
  assert.equal(spoilt(([a, b, c, d]) => [a.replace("untrusted", "trusted"), b, c, d]), 0);
  assert.equal(spoilt(([a, b, c, d]) => [a, b.replaceAll("=", ""), c, d]), 0, "base64 without padding");
  for (const rubbish of ["", "\n\n\n", null, 7, {}, "x".repeat(9_999), minisign(head, one).replaceAll("\n", "\r\n")]) {
    assert.equal(readSignature(rubbish), null);
  }
  for (const rubbish of ["", null, base64(Buffer.alloc(42)), one.publicKey.slice(4), `${one.publicKey}\n`]) {
    assert.equal(readKey(rubbish), null);
  }
});

test("a head is one line of JSON with the right members, and nothing else", async () => {
  const { head } = made();
  assert.equal(readHead(head).version, 7);
  const refused = [
    head.trimEnd(),
    `${head}\n`,
    ` ${head}`,
    head.replace("{", "{\n"),
    head.replace("\n", "\r\n"),
    "[]\n",
    "null\n",
    "{\n",
    null,
    {},
    headWith((one) => (one.v = 2)),
    headWith((one) => (one.v = "1")),
    headWith((one) => (one.service = "Relais")),
    headWith((one) => (one.service = "a".repeat(49))),
    headWith((one) => (one.service = ["relais-demo"])),
    headWith((one) => (one.version = "7")),
    headWith((one) => (one.version = 7.5)),
    headWith((one) => (one.version = 0)),
    headWith((one) => (one.until = "tomorrow")),
    headWith((one) => (one.until = "2027-02-31")),
    headWith((one) => (one.until = null)),
    headWith((one) => (one.server_keys = [])),
    headWith((one) => (one.server_keys = one.server_keys[0])),
    headWith((one) => (one.server_keys = ["short"])),
    headWith((one) => (one.associations = "")),
    headWith((one) => delete one.associations),
  ];
  const trust = await trusted();
  for (const text of refused) {
    assert.throws(
      () => readHead(text),
      (fault) => fault.code === "untrusted",
      JSON.stringify(text),
    );
    if (typeof text === "string") await stops(() => follow(trust, signed(text)), "list");
  }
});

test("another list than the signed one is refused, and a signed one that makes no sense", () => {
  const reads = (text, head) => () => SignedList.read(text, head);
  const untrusted = (fault) => fault.code === "untrusted";
  const head = readHead(made().head);
  const other = list.replace("national_team", "association");
  assert.throws(reads(other, head), untrusted, "another role");
  assert.throws(reads(undefined, head), untrusted);
  assert.throws(reads({ list }, head), untrusted);
  const all = () => JSON.parse(list);
  const lines = (change) => {
    const associations = all();
    change(associations);
    return `${JSON.stringify(associations)}\n`;
  };
  for (const text of [
    list.trimEnd(),
    "{}\n",
    lines((one) => one.push(one[0])),
    lines((one) => (one[0].role = "team")),
    lines((one) => (one[0].country = "France")),
    lines((one) => (one[0].recipients = ["age1nothing"])),
    lines((one) => (one[0].recipients = [])),
    lines((one) => (one[0].devices[0].signing = "short")),
    lines((one) => (one[0].devices[0].coordinator = "yes")),
    lines((one) => one[0].devices.push(one[0].devices[0])),
  ]) {
    assert.throws(reads(text, { associations: base64(sha256(text)) }), untrusted, text.slice(0, 60));
  }
});

test("who reads along: the team that read it before, else that of the country, and one's own where that country has none", () => {
  const associations = JSON.parse(list);
  associations.find(({ id }) => id === "abri-marseille").country = "BE";
  associations.find(({ id }) => id === "ecoute-lille").country = "IT";
  associations.push({ ...associations.find(({ id }) => id === "nationale"), id: "equipe-be", country: "BE" });
  const text = `${JSON.stringify(associations)}\n`;
  const found = SignedList.read(text, { associations: base64(sha256(text)) });
  const own = found.find("relais-lyon");
  const team = (id, chosen) => found.teamFor(found.find(id), own, chosen)?.id;
  assert.equal(team("fermee-nice"), "nationale");
  assert.equal(team("abri-marseille"), "equipe-be");
  assert.equal(team("ecoute-lille"), "nationale");
  // The team that the request was sealed to goes on reading; what is no team is none, whoever names it.
  assert.equal(team("fermee-nice", "equipe-be"), "equipe-be");
  assert.equal(team("fermee-nice", "ecoute-lille"), "nationale");
});

test("a list holds until its last day is over", () => {
  const head = readHead(made({ until: "2026-11-26" }).head);
  assert.equal(isPast(head, Date.parse("2026-11-26T23:59:59Z")), false);
  assert.equal(isPast(head, Date.parse("2026-11-27T00:00:00Z")), true);
  assert.equal(isPast(readHead(made().head), Date.parse("2099-01-01T00:00:00Z")), false);
});
