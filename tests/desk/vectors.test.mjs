// The cases of tests/vectors/desk.json, run by the page's own modules. Rust runs them too.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { recipientOf, sealTo, unseal } from "../../web/desk/lib/age.js";
import { fromBase64, textOf } from "../../web/desk/lib/bytes.js";
import { enrolmentOf } from "../../web/desk/lib/device.js";
import { fingerprint } from "../../web/desk/lib/words.js";
import * as page from "./support/modules.mjs";

const file = new URL("../vectors/desk.json", import.meta.url);
const { about: _, ...vectors } = JSON.parse(await readFile(file, "utf8"));

/** Lists that are not run, each with the reason. None. */
const LEFT_OUT = {};

const run = new Set();

/** Runs every case of a list: what the page makes of it must be what the case expects. */
function cases(list, found) {
  run.add(list);
  for (const [at, one] of vectors[list].entries()) {
    test(`${list} ${at}: ${one.name}`, async () => assert.equal(await found(one), one.expect));
  }
}

/** Does work that an honest server never makes fail: what the page does not trust, it refuses. */
async function orRefuse(work) {
  try {
    return await work();
  } catch (fault) {
    if (fault.code === "untrusted" || fault.code === "wrong_words") return "refuse";
    throw fault;
  }
}

const deviceOf = (identity) => new page.Device({ identity, recipient: recipients.get(identity) });
const recipients = new Map();
for (const { identity } of [...vectors.signing_keys, ...vectors.acts, ...vectors.sessions]) {
  recipients.set(identity, await recipientOf(identity));
}

/** The signed list in which one association has these devices. */
const listOf = (id, devices) => new page.SignedList([{ id, devices }]);
const underOf = ({ server_key: serverKey, origin, association, id }) => ({ serverKey, origin, association, id });
const secretOf = (one) => page.secretIn(new TextEncoder().encode(one.plaintext), underOf(one));
const base64 = (bytes) => Buffer.from(bytes).toString("base64");

cases("signing_keys", ({ identity, recipient }) => {
  const device = deviceOf(identity);
  assert.equal(device.recipient, recipient);
  return device.signing;
});

cases("enrolment_words", async ({ recipient, signing }) =>
  (await fingerprint(enrolmentOf(recipient, signing))).join("-"),
);

cases("fingerprints", async ({ service, threshold, signers, server_key: key, text }) => {
  assert.equal(page.fingerprintText(service, threshold, signers, key), text);
  return (await page.fingerprintOf(service, threshold, signers, key)).join("-");
});

/** Why the page refuses a head, in the words of the vectors. */
const WHY = {
  malformed: ["list"],
  unsigned: ["signers"],
  other_fingerprint: ["wrong_words"],
  other_service: ["service"],
  older: ["rollback"],
  twofold: ["rollback"],
};

const keptBy = ({ service, signers, threshold, server_keys: serverKeys, version, head }) => ({
  service,
  signers,
  threshold,
  serverKeys,
  version,
  head,
});

cases("heads", async ({ step, offered, words, kept, why }) => {
  const extract = page.readExtract(offered);
  try {
    if (step === "enrol") {
      const { trust } = await page.trustFirst(extract, (await page.readWords(words)).words);
      assert.ok(page.isTrust(trust));
    } else {
      assert.ok(page.isTrust(keptBy(kept)));
      page.follow(keptBy(kept), extract);
    }
    return "accept";
  } catch (fault) {
    if (!["untrusted", "wrong_words"].includes(fault.code)) throw fault;
    assert.ok(WHY[why]?.includes(fault.why ?? fault.code), `${why}: ${fault.why ?? fault.code}`);
    return "refuse";
  }
});

cases("lists", ({ list, associations }) =>
  orRefuse(() => {
    page.SignedList.read(list, { associations });
    return "accept";
  }),
);

cases("challenge_signatures", ({ challenge, signature, server_keys: keys }) =>
  orRefuse(() => page.signerOf(page.readChallenge({ id: "an-id", challenge, signature }), keys) ?? "refuse"),
);

// The page reads the answer before it decrypts: an id that is none ends there.
cases("challenge_ids", (one) =>
  orRefuse(() => {
    const { challenge, signature } = vectors.sealed_challenge[0];
    page.readChallenge({ id: one.id, challenge, signature });
    return base64(secretOf(one));
  }),
);

cases("challenge_plaintexts", (one) => orRefuse(() => base64(secretOf(one))));

cases("sealed_challenge", async ({ identity, challenge, signature, server_keys: keys }) => {
  const read = page.readChallenge({ id: "an-id", challenge, signature });
  assert.ok(page.signerOf(read, keys));
  return textOf(await unseal(identity, read.file));
});

cases("proofs", (one) => page.proofWith(fromBase64(one.secret), underOf(one)));

cases("sessions", (one) => {
  const device = deviceOf(one.identity);
  assert.equal(device.recipient, one.device);
  const signature = page.nameUnder(device, underOf(one));
  assert.ok(page.signatureFits(signature, device.signing, one.statement));
  return signature;
});

cases("acts", ({ identity, origin, association, method, path, body, token, statement }) => {
  const [api, device] = [new page.Api("", origin), deviceOf(identity)];
  Object.assign(api, { token, signer: { device, association } });
  const { "Relais-Signature": signature } = api.signature(method, path.replace(/^\/api\/v1/, ""), body);
  assert.ok(page.signatureFits(signature, device.signing, statement));
  return signature;
});

const PROOFS = (proved) => (proved ? "proved" : "not_proved");

cases("papers", ({ service, association, handoff, kind, devices, plaintext }) => {
  const list = listOf(association, devices);
  const paper = page.readPaper(plaintext, kind, { service, association, handoff }, list);
  return paper.ok ? PROOFS(paper.proved) : "refuse";
});

cases("passed_on", async ({ reader, by, devices, handoff, kind, server_keys: serverKeys, plaintext }) => {
  const recipient = await recipientOf(reader);
  const sealed = await sealTo([recipient], plaintext);
  const list = listOf(by, devices);
  const opened = await page.openToken(sealed, { identity: reader, recipient }, { serverKeys, handoff, kind, list });
  if (!opened.ok) return "refuse";
  return opened.passedOn ? PROOFS(opened.passedOn.proved) : "not_passed_on";
});

cases("removals", ({ service, association, devices, removal }) => {
  const told = [{ ...removal, association }];
  const removals = new page.Removals(told, { list: listOf(association, devices), service });
  return removals.of(association, removal.device) ? "removed" : "refuse";
});

cases("return_addresses", ({ text }) => (page.canAnswer({ return_address: text }) ? "send" : "refuse"));

after(() => {
  const all = [...run, ...Object.keys(LEFT_OUT)].sort();
  assert.deepEqual(all, Object.keys(vectors).sort(), "every list is run, or left out with a reason");
});
