// A server that lies to a device that is signed in or signs in: the page's own modules, without a browser. It has
// its own signing key, as a seized server has, and everything that is sealed to the association.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, beforeEach, test } from "node:test";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { signedChallenge } from "./support/api.mjs";
import { assertNothingLeft, dresses, seen } from "./support/leaks.mjs";
import { loot } from "./support/loot.mjs";
import { Api, Desk } from "./support/modules.mjs";
import { Stage, problem } from "./support/server.mjs";
import { base64, listText, signingKey } from "./support/signed.mjs";
import { newId, seal, unseal } from "./support/world.mjs";

let stage;
let hoard;
before(async () => {
  stage = await Stage.open();
  hoard = await loot(stage);
});
after(() => stage.close());
beforeEach(() => {
  stage.calls = [];
  stage.lie = null;
  stage.challengeOf = null;
});

const words = () => stage.words.split(" ");

/** A device that has typed the words of the paper and is not signed in yet. */
async function device() {
  const key = {
    identity: stage.lyon.identities[0],
    recipient: stage.lyon.recipients[0],
    association: "relais-lyon",
    pseudonym: "Léa",
  };
  const desk = new Desk({}, key, new Api(stage.base, stage.base));
  await desk.wake();
  await desk.trustWords(words());
  return desk;
}

async function signedIn() {
  const desk = await device();
  await desk.signIn();
  return desk;
}

/** Everything that was decrypted or could have been, and the raw secrets of the challenges. */
const secrets = () => ({
  ...hoard.secrets,
  ...Object.fromEntries([...stage.challenges].map(([id, { secret }]) => [`the secret of ${id}`, secret])),
});

/** The device has stopped: it says so, and whatever it is told to do, nothing goes out any more. */
async function assertStopped(desk, why) {
  assert.equal(desk.api.stopped, why);
  const before = stage.calls.length;
  const tries = [
    () => desk.pull(),
    () => desk.signIn(),
    () => desk.followList(),
    () => desk.pause(null),
    () => desk.post(hoard.handoff, "read"),
    () => desk.api.send("GET", "/events", undefined, { signal: AbortSignal.timeout(2_000) }),
  ];
  for (const again of tries) await assert.rejects(async () => again(), { code: "untrusted" });
  await desk.signOut();
  assert.equal(stage.calls.length, before, "nothing is sent after the stop");
}

const proofs = () => stage.calls.filter(({ path }) => path === "/sessions");

test("the check for leaks finds a secret in every dress", () => {
  const secret = "canary-words-of-the-person-51";
  const worn = [
    secret,
    Buffer.from(`..${secret}..`).toString("base64"),
    Buffer.from(`.${secret}`).toString("base64url"),
    Buffer.from(`a ${secret}`).toString("hex"),
    JSON.stringify({ answer: Buffer.from(secret).toString("base64") }),
  ];
  for (const raw of worn) {
    const call = { method: "POST", path: "/sessions", raw };
    assert.throws(() => assertNothingLeft([call], { secret }), /left the device/, raw);
  }
  const bytes = randomBytes(32);
  const call = { method: "POST", path: "/x", raw: JSON.stringify({ answer: base64(bytes) }) };
  assert.throws(() => assertNothingLeft([call], { bytes }), /left the device/);
  assert.ok(dresses(bytes).length >= 5 && seen(call).includes("/x"));
});

test("an honest sign-in proves without telling: not even the secret of the challenge leaves", async () => {
  const desk = await signedIn();
  assert.equal(desk.api.stopped, null);
  assert.equal(proofs().length, 1);
  assertNothingLeft(stage.calls, secrets());
});

test("sealed things in place of a challenge, under the server's own name: nothing of them leaves", async (t) => {
  for (const [name, file] of Object.entries(hoard.sealed)) {
    await t.test(name, async () => {
      const desk = await device();
      stage.challengeOf = ({ id }) => ({ id, ...signedChallenge(stage, file) });
      await assert.rejects(desk.signIn(), { code: "untrusted", why: "challenge" });
      assert.equal(proofs().length, 0);
      assertNothingLeft(stage.calls, secrets());
      await assertStopped(desk, "challenge");
    });
  }
});

test("sealed things in place of a challenge, without a signature or under a stranger's: not even decrypted", async (t) => {
  const strange = signingKey();
  for (const [name, file] of Object.entries(hoard.sealed)) {
    await t.test(name, async () => {
      for (const [answer, why] of [
        [signedChallenge({ signing: strange }, file), "key"],
        [{ challenge: base64(file), signature: base64(Buffer.alloc(64)) }, "key"],
        [{ challenge: base64(file) }, "challenge"],
        [{ challenge: base64(file), signature: "" }, "challenge"],
        [{ challenge: { age: base64(file) }, signature: base64(Buffer.alloc(64)) }, "challenge"],
      ]) {
        const desk = await device();
        stage.challengeOf = ({ id }) => ({ id, ...answer });
        await assert.rejects(desk.signIn(), { code: "untrusted", why });
        assert.equal(proofs().length, 0);
        assertNothingLeft(stage.calls, secrets());
        await assertStopped(desk, why);
      }
    });
  }
});

test("a challenge that differs in one line from the one that was asked for is not answered", async () => {
  const { key } = stage.signing;
  const secret = randomBytes(32);
  const line = base64(secret);
  const site = stage.base;
  const lines = (id) => ["relais desk challenge v2", key, site, "relais-lyon", id, line];
  const changed = (at, value) => (id) => `${lines(id).with(at, value).join("\n")}\n`;
  const other = signingKey().key;
  const cases = {
    "another version": changed(0, "relais desk challenge v1"),
    "another server": changed(1, other),
    "another origin": changed(2, "https://desk.example.org"),
    "the origin in capitals": changed(2, site.toUpperCase()),
    "another association": changed(3, "abri-marseille"),
    "another id": changed(4, newId()),
    "31 bytes": changed(5, base64(secret.subarray(1))),
    "33 bytes": changed(5, base64(Buffer.concat([secret, Buffer.from("x")]))),
    "base64 without padding": changed(5, line.replace("=", "")),
    "base64 for addresses": changed(5, Buffer.alloc(32, 255).toString("base64url")),
    "words in place of bytes": changed(5, "canary-words-of-the-person-51"),
    "a line more": (id) => `${lines(id).join("\n")}\nmore\n`,
    "a line less": (id) => `${lines(id).slice(0, 5).join("\n")}\n`,
    "no last line end": (id) => lines(id).join("\n"),
    "two last line ends": (id) => `${lines(id).join("\n")}\n\n`,
    "line ends of Windows": (id) => `${lines(id).join("\r\n")}\r\n`,
    "a mark in front": (id) => `\ufeff${lines(id).join("\n")}\n`,
    "the bare secret of the first protocol": () => secret,
    "bytes that are no text": () => Buffer.from([0xff, 0xfe, 0xfd]),
    nothing: () => "",
  };
  for (const [name, plaintext] of Object.entries(cases)) {
    const desk = await device();
    const id = newId();
    const file = await seal(stage.lyon.recipients, plaintext(id));
    stage.challengeOf = () => ({ id, ...signedChallenge(stage, file) });
    await assert.rejects(desk.signIn(), { code: "untrusted", why: "challenge" }, name);
    assert.equal(proofs().length, 0, name);
    assertNothingLeft(stage.calls, { ...secrets(), secret });
    await assertStopped(desk, "challenge");
  }
});

test("a challenge that another desk was given is no use to whoever passes it along", async () => {
  const desk = await device();
  const real = await Stage.open();
  // The same association at another address of the same service: same keys, same signers.
  Object.assign(real, { signing: stage.signing, associations: stage.associations, signers: stage.signers });
  real.publish();
  const asked = { association: "relais-lyon", origin: real.base };
  const post = async (path, body) =>
    (await fetch(`${real.base}/api/v1${path}`, { method: "POST", body: JSON.stringify(body) })).json();
  const relayed = await post("/challenges", asked);
  stage.challengeOf = () => relayed;
  await assert.rejects(desk.signIn(), { code: "untrusted", why: "challenge" });
  assert.deepEqual([proofs().length, real.sessions.size], [0, 0]);
  const raw = [...real.challenges.values()].map(({ secret }) => secret);
  assertNothingLeft(stage.calls, { ...secrets(), "the relayed secret": raw[0] });
  await assertStopped(desk, "challenge");
  await real.close();
});

const FIELDS = ["id", "challenge", "signature", "token", "head", "extract", "cursor", "claim", "text", "state"];
/** One ciphertext in the shapes in which a server could hand it over: alone, and under every name. */
const shapes = (file) => [
  base64(file),
  JSON.stringify(base64(file)),
  JSON.stringify([base64(file)]),
  Object.fromEntries(FIELDS.map((field) => [field, base64(file)])),
];

test("sealed things in place of what a device reads: it stops, and tells nothing", async (t) => {
  const looks = {
    "/extract": (desk) => desk.followList(),
    "/directory": (desk) => desk.followList(),
    "/me": (desk) => desk.signIn(),
    "/devices": (desk) => desk.signIn(),
    "/handoffs": (desk) => desk.pull(),
    "/challenges": (desk) => desk.signIn(),
    "/sessions": (desk) => desk.signIn(),
  };
  for (const [path, look] of Object.entries(looks)) {
    await t.test(path, async () => {
      for (const file of Object.values(hoard.sealed)) {
        for (const answer of shapes(file)) {
          // What `/devices` and `/me` answer is not needed: other members are passed over, a wrong shape is not.
          const passedOver = ["/devices", "/me"].includes(path) && typeof answer === "object";
          const desk = await signedIn();
          stage.calls = [];
          stage.lie = (_, asked, content) => (asked === path ? answer : content);
          if (passedOver) await look(desk);
          else await assert.rejects(async () => look(desk), { code: "untrusted" });
          stage.lie = null;
          assertNothingLeft(stage.calls, secrets());
          if (!passedOver) await assertStopped(desk, desk.api.stopped ?? "not at all");
        }
      }
    });
  }
});

test("sealed things in place of the answer to an act, or inside a refusal: nothing of them leaves", async (t) => {
  const acts = {
    read: (desk, handoff) => desk.post(handoff, "read"),
    accept: (desk, handoff) => desk.accept(handoff),
    decline: (desk, handoff) => desk.decline(handoff, "full"),
    note: (desk, handoff) => desk.note(handoff, "canary-note-of-mine-56"),
    close: (desk, handoff) => desk.finish(handoff, "helped"),
    pause: (desk) => desk.pause(null),
    "sign-out": (desk) => desk.signOutDevice(stage.lyon.recipients[1]),
    "pass-on": async (desk, handoff) =>
      desk.passOn(handoff, await desk.open(desk.request(handoff).main), "abri-marseille", "canary-note-of-mine-56"),
  };
  const mine = { "a note of mine": "canary-note-of-mine-56" };
  for (const [name, act] of Object.entries(acts)) {
    await t.test(name, async () => {
      for (const file of Object.values(hoard.sealed)) {
        for (const answer of shapes(file)) {
          const desk = await signedIn();
          const handoff = await stage.request({ body: hoard.secrets["the person's words"] });
          await desk.pull();
          await desk.open(desk.request(handoff).main);
          stage.calls = [];
          stage.lie = (method, _, content) => (method === "POST" ? answer : content);
          const whole = typeof answer === "object";
          if (whole) await act(desk, handoff);
          else await assert.rejects(async () => act(desk, handoff), { code: "untrusted" });
          stage.lie = null;
          assertNothingLeft(stage.calls, { ...secrets(), ...mine, address: stage.returns.get(handoff) });
          if (!whole) await assertStopped(desk, "answer");
        }
      }
    });
  }
});

test("sealed things in place of the first claim, when another was first: nobody is named, nothing leaves", async () => {
  for (const [name, file] of Object.entries(hoard.sealed)) {
    const desk = await signedIn();
    const handoff = await stage.request();
    await desk.pull();
    stage.calls = [];
    stage.fail = (_, path) =>
      path.endsWith("/accept")
        ? problem(409, "already_accepted", { by: "relais-lyon", claim: base64(file) })
        : null;
    await assert.rejects(desk.accept(handoff), (fault) => {
      assert.deepEqual([fault.code, fault.name], ["already_accepted_by", null], name);
      return true;
    });
    stage.fail = null;
    assertNothingLeft(stage.calls, secrets());
  }
});

test("a colluding association that is named as the team gets nothing", async () => {
  const rogue = stage.associations.get("ecoute-lille");
  const desk = await signedIn();
  const handoff = await stage.request({ body: hoard.secrets["the person's words"] });
  await desk.pull();
  // In the hints it can call itself what it likes.
  stage.lie = (_, path, content) =>
    path === "/directory"
      ? {
          ...content,
          associations: content.associations.map((one) =>
            one.id === rogue.id ? { ...one, role: "national_team", country: "FR", name: "Équipe nationale" } : one,
          ),
        }
      : content;
  await desk.followList();
  const opened = await desk.open(desk.request(handoff).main);
  await desk.passOn(handoff, opened, "abri-marseille", "");
  const { body } = stage.calls.filter(({ path }) => path.endsWith("/pass-on")).pop();
  const sealed = Buffer.from(body.ciphertext, "base64");
  for (const identity of rogue.identities) await assert.rejects(unseal(identity, sealed));
  assert.ok(await unseal(stage.national.identities[0], sealed));
  // In the signed text it cannot.
  const team = (one) => (one === rogue ? { ...one, role: "national_team" } : one);
  const extract = listText([...stage.associations.values()].map(team));
  stage.lie = (_, path, content) => (path === "/directory" ? { ...content, extract } : content);
  await assert.rejects(desk.followList(), { code: "untrusted", why: "list" });
  assertNothingLeft(stage.calls, secrets());
  await assertStopped(desk, "list");
});

test("a key of its own among the keys of an association gets nothing", async () => {
  const desk = await signedIn();
  const theirs = await generateX25519Identity();
  const recipient = await identityToRecipient(theirs);
  stage.lie = (_, path, content) =>
    path === "/directory"
      ? {
          ...content,
          associations: content.associations.map((one) => ({ ...one, recipients: [recipient], devices: [{ recipient }] })),
          extract: stage.list.replaceAll(stage.lyon.recipients[1], recipient),
        }
      : content;
  await assert.rejects(desk.followList(), { code: "untrusted", why: "list" });
  await assertStopped(desk, "list");
});

test("an older list is shown after a newer one: it stops, and again after a new start", async () => {
  const old = stage.extract;
  const oldList = stage.list;
  stage.publish();
  const desk = await signedIn();
  stage.lie = (_, path, content) =>
    path === "/extract" ? old : path === "/directory" ? { ...content, extract: oldList } : content;
  await assert.rejects(desk.followList(), { code: "untrusted", why: "rollback" });
  await assertStopped(desk, "rollback");
  // The number stands in what the device remembers.
  const next = new Desk(desk.profile, desk.key, new Api(stage.base, stage.base));
  await next.wake();
  await assert.rejects(next.signIn(), { code: "untrusted", why: "rollback" });
  assertNothingLeft(stage.calls, secrets());
});

test("a request is shown with a return address that is none: it is not sent", async () => {
  const desk = await signedIn();
  const long = `${"a".repeat(60)} ${hoard.secrets["the person's words"]}`;
  for (const address of [hoard.secrets["the person's words"], long, "a".repeat(39), "a".repeat(121), { a: 1 }]) {
    const handoff = await stage.request({ return_address: address });
    await stage.takenBy(handoff, "Léa");
    await desk.pull();
    stage.calls = [];
    await assert.rejects(desk.reply(handoff, { phrase: "phrase-read", args: {} }), { code: "no_way_back" });
    assert.equal(stage.calls.filter(({ path }) => path.endsWith("/messages")).length, 0);
  }
});

test("the return address goes to an accepted request alone, with a session, and nowhere else", async () => {
  const desk = await signedIn();
  const handoff = await stage.request();
  const address = stage.returns.get(handoff);
  await desk.pull();
  const said = { phrase: "phrase-read", args: {} };
  await assert.rejects(desk.reply(handoff, said), { code: "not_accepted" });
  await desk.accept(handoff);
  await desk.pull();
  assertNothingLeft(stage.calls, { ...secrets(), address });
  const { token } = desk.api;
  desk.api.token = null;
  await assert.rejects(desk.reply(handoff, said), { code: "session_expired" });
  assertNothingLeft(stage.calls, { ...secrets(), address });
  desk.api.token = token;
  await desk.reply(handoff, said);
  const carrying = stage.calls.filter((call) => seen(call).includes(address));
  assert.deepEqual(
    carrying.map(({ method, path }) => `${method} ${path}`),
    [`POST /handoffs/${handoff}/messages`],
  );
});
