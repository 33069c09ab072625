// The same page against a server that really runs; `desk::page` of the Rust tests starts one for it. By hand:
//
//   RELAIS_DESK_URL=http://localhost:8080 RELAIS_DESK_ASSOCIATION=exemple-lyon RELAIS_DESK_IDENTITY=key.txt \
//     RELAIS_DESK_FINGERPRINT="twelve words of the service" node --test live.mjs
//
// It signs in, opens the first new request, takes it, answers with a phrase, writes a note and closes it.
// Use it on a demo only.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import {
  LAPTOP,
  PASSPHRASE,
  assertAccessible,
  assertClean,
  launch,
  openPage,
  plain,
  press,
  signIn,
  trustWords,
} from "./support/browser.mjs";

const { RELAIS_DESK_URL: base, RELAIS_DESK_ASSOCIATION: id, RELAIS_DESK_IDENTITY: file } = process.env;
const { RELAIS_DESK_FINGERPRINT: words } = process.env;
if (!base) throw new Error("RELAIS_DESK_URL names no server");
if (!words) throw new Error("RELAIS_DESK_FINGERPRINT holds no words");

let browser;
let page;
before(async () => {
  browser = await launch();
  page = await openPage(browser, { size: LAPTOP });
});
after(() => browser?.close());

const action = (name) => page.locator(".actions").getByRole("button", { name, exact: true }).click();

test("a volunteer works a request on a real server", async () => {
  const identity = /AGE-SECRET-KEY-1\w+/.exec(await readFile(file, "utf8"))[0];
  await signIn(page, { base, words }, { association: { id, identities: [identity] } });
  await page.locator(".row-button").first().waitFor();
  assert.ok(await page.getByText("En direct").isVisible());
  await page.locator(".row-button").first().click();
  await page.locator(".facts").first().waitFor();
  await assertAccessible(page, "request");
  await action("Je m'en occupe");
  await page.locator(".item-claim", { hasText: "Léa" }).waitFor();
  await action("Répondre");
  await page.getByLabel("Chercher une phrase").fill("en sécurité maintenant");
  await page.locator(".choose").first().click();
  await page.locator(".bubble").waitFor();
  await page.locator(".panel").getByRole("button", { name: "Envoyer" }).click();
  await page.locator(".item-reply .delivery").waitFor();
  await action("Note");
  await page.getByLabel("Votre note").fill("Essai.");
  await press(page, "Ajouter la note");
  await page.locator(".item-note", { hasText: "Essai." }).waitFor();
  await press(page, "Réglages");
  await press(page, "4 heures");
  await page.getByText("En pause : aucune nouvelle demande").waitFor();
  await press(page, "Finir la pause");
  await page.getByText("La pause est finie.").waitFor();
  await page.locator(".pile", { hasText: "En attente" }).click();
  await page.locator(".row-button").first().click();
  await action("Fermer");
  await page.getByLabel("La personne est aidée").check();
  await page.locator(".panel .row-end .first").click();
  await page.locator(".toast", { hasText: "Fermée." }).waitFor();
  await press(page, "Verrouiller");
  await page.getByLabel("Phrase secrète", { exact: true }).fill(PASSPHRASE);
  await press(page, "Ouvrir");
  await page.locator(".pile", { hasText: "Finies" }).click();
  assert.match(plain(await page.locator(".row-state").first().textContent()), /fermée/);
  assertClean(page);
});

test("a wrong key and a wrong name get the same sentence", async () => {
  const stranger = await openPage(browser, { size: LAPTOP });
  const { generateX25519Identity } = await import("age-encryption");
  for (const association of [id, "personne-ici"]) {
    await stranger.goto(`${base}/desk`);
    await stranger.evaluate(() => indexedDB.deleteDatabase("relais-desk"));
    await signIn(
      stranger,
      { base, words },
      {
        association: { id: association, identities: [await generateX25519Identity()] },
        enter: false,
      },
    );
    await press(stranger, "Entrer");
    await trustWords(stranger, words);
    await stranger.getByText("Cette clé et cette association ne vont pas ensemble").waitFor();
  }
  await stranger.context().close();
});
