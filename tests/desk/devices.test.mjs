// The devices of an association: who wrote what, ending a session, taking a device out; and the first words.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  LAPTOP,
  PASSPHRASE,
  assertAccessible,
  assertClean,
  openPage,
  plain,
  press,
  signIn,
  trustWords,
} from "./support/browser.mjs";
import { browser, eachTest, page, stage } from "./support/page.mjs";
import { removal, wordsFor } from "./support/signed.mjs";
import { seal, unseal } from "./support/world.mjs";

eachTest({ size: LAPTOP });

const open = async (handoff) => {
  await page.locator(`[data-handoff="${handoff}"]`).click();
  await page.locator(".request .actions button, .request .alerts p").first().waitFor();
};
const settings = async () => {
  await press(page, "Réglages");
  await page.locator(".device").nth(1).waitFor();
};
const device = (at) => {
  const { recipient, signing } = stage.lyon.devices[at];
  return page.locator(".device", { hasText: wordsFor(`${recipient} ${signing}`, 8).join(" ") });
};
const lastCall = (end) =>
  stage.calls.filter(({ path, method }) => method === "POST" && path.endsWith(end)).pop();
const until = async (holds) => {
  for (let turn = 0; !holds() && turn < 100; turn += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(holds());
};

test("a coordinator takes another device out: said plainly first, and nothing new is sealed to it", async () => {
  const handoff = await stage.request();
  await signIn(page, stage);
  await settings();
  assert.match(plain(await device(0).textContent()), /cet appareil.*coordination/);
  assert.equal(await device(0).getByRole("button", { name: "Retirer" }).count(), 0, "nobody removes themselves");
  await device(1).getByRole("button", { name: "Retirer", exact: true }).click();
  const asked = plain(await device(1).textContent());
  for (const words of ["Retirer cet appareil ?", "Il ne reçoit plus rien", "peut rester dessus", "sept jours"]) {
    assert.ok(asked.includes(words), words);
  }
  assert.equal(lastCall("/devices/remove"), undefined);
  await assertAccessible(page, "removing a device");
  await device(1).getByRole("button", { name: "Retirer l'appareil" }).click();
  await page.locator(".device-removed").waitFor();
  const { body } = lastCall("/devices/remove");
  const { service, lyon } = stage;
  const [by, { recipient }] = lyon.devices;
  assert.deepEqual(body, removal({ service, association: lyon.id, device: recipient, by, at: body.at }));

  await open(handoff);
  await page.locator(".actions").getByRole("button", { name: "Je m'en occupe" }).click();
  await page.locator(".item-claim").waitFor();
  const claim = Buffer.from(lastCall("/accept").body.claim, "base64");
  assert.ok(await unseal(lyon.identities[0], claim));
  await assert.rejects(unseal(lyon.identities[1], claim));
  assertClean(page);
});

test("a removal that no coordinator signed is neither shown nor followed", async () => {
  const { service, lyon } = stage;
  const [leader, other] = lyon.devices;
  const forged = { ...removal({ service, association: lyon.id, device: leader.recipient, by: other }) };
  lyon.removals.push({ ...forged, device: other.recipient, by: leader.recipient });
  const handoff = await stage.request();
  // The server says so, and seals to both: only the device can know better.
  stage.lie = (_, path, content) =>
    path === "/devices"
      ? { ...content, devices: content.devices.map((one) => ({ ...one, removed_at: "2026-11-26T10:00:00Z" })) }
      : content;
  await signIn(page, stage);
  await settings();
  assert.equal(await page.locator(".device-removed").count(), 0);
  await open(handoff);
  await page.locator(".actions").getByRole("button", { name: "Je m'en occupe" }).click();
  await page.locator(".item-claim").waitFor();
  assert.ok(await unseal(lyon.identities[1], Buffer.from(lastCall("/accept").body.claim, "base64")));
  assertClean(page);
});

test("who does not coordinate ends their own sessions alone, and the desk locks", async () => {
  await signIn(page, stage, { at: 1 });
  await settings();
  assert.equal(await device(0).locator("button").count(), 0);
  assert.equal(await page.getByRole("button", { name: "Retirer", exact: true }).count(), 0);
  await device(1).getByRole("button", { name: "Finir toutes mes sessions" }).click();
  await page.getByRole("heading", { name: "Verrouillé" }).waitFor();
  assert.equal(stage.sessions.size, 0);
  assertClean(page);
});

test("a coordinator ends the session of another device, which is asked to sign in again", async () => {
  const other = await openPage(browser, { size: LAPTOP });
  await signIn(other, stage, { at: 1, pseudonym: "Sam" });
  await signIn(page, stage);
  await settings();
  await device(1).getByRole("button", { name: "Finir ses sessions" }).click();
  await page.locator(".toast", { hasText: "Les sessions de l'appareil sont finies." }).waitFor();
  stage.changed();
  await other.locator(".signed-out").waitFor();
  assertClean(other);
  await other.context().close();
});

test("signing out in the settings ends the session; where the server does not hear it, that is said", async () => {
  await signIn(page, stage);
  await settings();
  await page.context().setOffline(true);
  await press(page, "Se déconnecter");
  await page.locator(".toast", { hasText: "n'a pas entendu" }).waitFor();
  await page.context().setOffline(false);
  await page.locator(".toast button").click();
  await press(page, "Verrouiller");
  await page.getByLabel("Phrase secrète", { exact: true }).fill(PASSPHRASE);
  await press(page, "Ouvrir");
  await settings();
  const before = stage.sessions.size;
  await press(page, "Se déconnecter");
  await page.getByRole("heading", { name: "Verrouillé" }).waitFor();
  await until(() => stage.sessions.size === before - 1);
  assertClean(page);
});

test("what nobody signed is shown as not proved; what is forged is not shown", async () => {
  const handoff = await stage.request();
  await stage.takenBy(handoff, "Karim", { device: null });
  await stage.paper(handoff, { kind: "note", text: "canari-sans-signature" }, { device: null });
  await stage.paper(handoff, { kind: "note", text: "canari-signé" });
  const [one, two] = stage.lyon.devices;
  const forged = { recipient: two.recipient, sign: () => one.sign("something else") };
  await stage.paper(handoff, { kind: "note", text: "canari-forgé" }, { device: forged });
  await signIn(page, stage);
  await page.locator(".piles button", { hasText: "En attente" }).click();
  assert.match(plain(await page.locator(".row-state").textContent()), /^Karim s'en occupe \(non prouvé\)$/);
  await open(handoff);
  await page.locator(".item-bad").waitFor();
  const note = (text) => page.locator(".item-note", { hasText: text });
  assert.match(plain(await note("canari-sans-signature").textContent()), /Note de Karim non prouvé/);
  assert.doesNotMatch(plain(await note("canari-signé").textContent()), /non prouvé/);
  assert.match(plain(await page.locator(".item-claim").textContent()), /non prouvé/);
  assert.ok(!(await page.content()).includes("canari-forgé"));
  await assertAccessible(page, "papers, not proved");
  assertClean(page);
});

test("what a device wrote that was taken out is not proved any more", async () => {
  const { service, lyon } = stage;
  const [by, other] = lyon.devices;
  const handoff = await stage.request();
  await stage.paper(handoff, { kind: "note", text: "canari-d'avant" }, { device: other });
  await signIn(page, stage);
  await open(handoff);
  const note = page.locator(".item-note");
  await note.waitFor();
  assert.doesNotMatch(plain(await note.textContent()), /non prouvé/);
  lyon.removals.push(removal({ service, association: lyon.id, device: other.recipient, by }));
  await settings();
  await page.locator(".device-removed").waitFor();
  await open(handoff);
  await note.waitFor();
  assert.match(plain(await note.textContent()), /canari-d'avant/);
  assert.match(plain(await note.textContent()), /non prouvé/);
  assertClean(page);
});

test("the words of a QR fill the box and leave the address; what was checked is said in one line", async () => {
  await page.goto(`${stage.base}/desk#trust=${stage.words.replaceAll(" ", "-").toUpperCase()}`);
  assert.equal(page.url(), `${stage.base}/desk`);
  await page.locator(".stack .second").click();
  await page.locator("[name=identity]").fill(stage.lyon.identities[0]);
  await page.locator("[type=submit]").click();
  await page.locator("[name=association]").fill("relais-lyon");
  await page.locator("[name=pseudonym]").fill("Léa");
  await page.locator("[type=submit]").click();
  await page.locator("[name=passphrase]").fill(PASSPHRASE);
  await page.locator("[name=again]").fill(PASSPHRASE);
  await page.locator("[type=submit]").click();
  await page.locator(".card > .first").click();
  assert.equal(await page.locator("[name=words]").inputValue(), stage.words);
  assert.equal(stage.calls.length, 0, "nothing is asked before the words are there");
  await press(page, "Vérifier");
  await page.locator(".good").waitFor();
  const checked = "Vérifié : service « relais\u2011demo », 2 signatures sur 3, clé du serveur.";
  assert.equal(plain(await page.locator(".good").textContent()), checked);
  assert.deepEqual(
    stage.calls.map(({ method, path }) => `${method} ${path}`),
    ["GET /extract"],
  );
  await press(page, "Entrer");
  await page.locator(".piles").waitFor();
  assertClean(page);
});

test("words that do not fit are said to be wrong, and may be typed again: no proof was made", async () => {
  await signIn(page, stage, { enter: false });
  await page.locator(".card > .first").click();
  const typed = async (words, said) => {
    await page.locator("[name=words]").fill(words);
    await press(page, "Vérifier");
    await page.locator(".field .fault", { hasText: said }).waitFor();
  };
  await typed("", "Tapez les douze mots");
  await typed("abeille moulin", /Il y a \S*2\S* mots/);
  await typed(`${stage.words} xyz`, "n'est pas dans notre liste");
  await typed(stage.words.split(" ").reverse().join(" "), "ne vont pas avec ce serveur");
  assert.ok(stage.calls.every(({ path }) => path === "/extract"));
  await trustWords(page, ` ${stage.words.split(" ").join(" - ").toUpperCase()}. `);
  await page.locator(".piles").waitFor();
  assertClean(page);
});

test("a memory of the first protocol is led over: the words are asked once, what was read stays read", async () => {
  const handoff = await stage.request();
  await signIn(page, stage, { enter: false });
  const { id } = stage.main(handoff);
  const old = { read: [id], pseudonym: "Ana", pins: { serverKeys: [stage.signing.key], recipients: [], others: {} } };
  const memory = [...(await seal([stage.lyon.recipients[0]], JSON.stringify(old)))];
  await page.evaluate(
    (bytes) =>
      new Promise((resolve) => {
        const opening = indexedDB.open("relais-desk", 1);
        opening.onsuccess = () => {
          const store = opening.result.transaction("kept", "readwrite").objectStore("kept");
          store.get("profile").onsuccess = ({ target }) => {
            store.put({ ...target.result, memory: new Uint8Array(bytes) }, "profile").onsuccess = () => {
              opening.result.close();
              resolve();
            };
          };
        };
      }),
    memory,
  );
  const enter = async () => {
    await page.reload();
    await page.getByLabel("Phrase secrète", { exact: true }).fill(PASSPHRASE);
    await press(page, "Ouvrir");
  };
  await enter();
  await trustWords(page, stage.words);
  await page.locator(".row-button").waitFor();
  assert.equal(await page.locator(".new-mark").count(), 0);
  await press(page, "Réglages");
  assert.equal(await page.getByLabel("Votre pseudonyme").inputValue(), "Ana");
  await enter();
  await page.locator(".row-button").waitFor();
  assertClean(page);
});

test("past the last day of the list one can read, and nothing is sealed", async () => {
  const handoff = await stage.request({ body: "canari-8" });
  stage.publish({ until: "2020-01-01" });
  await signIn(page, stage);
  await page.getByText("La liste signée est trop ancienne").first().waitFor();
  await open(handoff);
  await page.getByText("canari-8").waitFor();
  await page.locator(".actions").getByRole("button", { name: "Je m'en occupe" }).click();
  await page.locator(".toast", { hasText: "Rien n'a été scellé" }).waitFor();
  assert.equal(lastCall("/accept"), undefined);
  assertClean(page);
});

test("how long a text may be is the server's to say, and a thousand where it says nothing", async () => {
  const handoff = await stage.request();
  await stage.takenBy(handoff, "Léa");
  const longest = async () => {
    await page.locator(".piles button", { hasText: "À moi" }).click();
    await open(handoff);
    await page.locator(".actions").getByRole("button", { name: "Répondre" }).click();
    await press(page, "Écrire moi-même");
    return page.getByLabel("Message, en français").getAttribute("maxlength");
  };
  await signIn(page, stage);
  assert.equal(await longest(), "1000");
  stage.limits = { text: 300 };
  await press(page, "Verrouiller");
  await page.getByLabel("Phrase secrète", { exact: true }).fill(PASSPHRASE);
  await press(page, "Ouvrir");
  await page.locator(".piles").waitFor();
  assert.equal(await longest(), "300");
});
