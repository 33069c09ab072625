// The first minutes on a device, and coming back to it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Decrypter, armor } from "age-encryption";
import {
  LAPTOP,
  PASSPHRASE,
  PHONE,
  addAuthenticator,
  assertClean,
  assertFits,
  openPage,
  plain,
  press,
  signIn,
  trustWords,
} from "./support/browser.mjs";
import { anotherStage, browser, eachTest, page, stage } from "./support/page.mjs";
import { problem } from "./support/server.mjs";
import { deviceOf, signingKey, wordsFor } from "./support/signed.mjs";

eachTest({ size: PHONE });

async function opened(passphrase, text) {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  return decrypter.decrypt(armor.decode(text.trim()), "text");
}

test("a volunteer makes a key, keeps a recovery file and reads eight words to the operator", async () => {
  await page.goto(`${stage.base}/desk`);
  await press(page, "Commencer sur cet appareil");
  await page.getByLabel("Identifiant de l'association").fill("relais-lyon");
  await page.getByLabel("Votre pseudonyme").fill("Léa");
  await press(page, "Continuer");
  const proposal = await page.locator(".proposal").textContent();
  assert.equal(proposal.split(" ").length, 6);
  await press(page, "Prendre ces mots");
  await press(page, "Créer la clé");
  await page.locator(".words li").first().waitFor();

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    press(page, "Enregistrer le fichier"),
  ]);
  const recovery = await readFile(await download.path(), "utf8");
  assert.match(recovery, /^-----BEGIN AGE ENCRYPTED FILE-----/);
  const file = await opened(proposal, recovery);
  const identity = /AGE-SECRET-KEY-1\w+/.exec(file)[0];
  const { recipient, signing } = await deviceOf(identity);
  assert.match(file, /# association: relais-lyon/);

  const entry = `{ recipient = "${recipient}", signing = "${signing}" }`;
  assert.equal(await page.locator(".code").textContent(), entry);
  assert.deepEqual(
    await page.locator(".words li").allTextContents(),
    wordsFor(`${recipient} ${signing}`, 8),
  );
  await page.getByRole("button", { name: "Copier", exact: true }).click();
  await page.getByRole("button", { name: "Copié" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), entry);

  await press(page, "Entrer");
  await trustWords(page, stage.words);
  await page.getByRole("alert").filter({ hasText: "ne vont pas ensemble" }).waitFor();
  await stage.enlist("relais-lyon", identity);
  await press(page, "Entrer");
  await page.locator(".piles").waitFor();
  assertClean(page);
});

test("only the language and ciphertext stay on the device", async () => {
  await signIn(page, stage);
  const kept = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open("relais-desk", 1);
        opening.onsuccess = () => {
          const call = opening.result.transaction("kept").objectStore("kept").get("profile");
          call.onsuccess = () => {
            const text = JSON.stringify({
              ...call.result,
              memory: new TextDecoder("latin1").decode(call.result.memory),
            });
            opening.result.close();
            resolve(text);
          };
        };
      }),
  );
  for (const secret of ["AGE-SECRET-KEY", "relais-lyon", "Léa", stage.lyon.recipients[0], PASSPHRASE]) {
    assert.ok(!kept.includes(secret), `${secret.slice(0, 14)} is kept in clear`);
  }
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  assert.equal(new URL(page.url()).pathname + new URL(page.url()).hash, "/desk");
});

test("a short passphrase and two different ones are refused in words", async () => {
  await signIn(page, stage, { enter: false });
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase("relais-desk").onsuccess = resolve;
      }),
  );
  await page.goto(`${stage.base}/desk`);
  await press(page, "Commencer sur cet appareil");
  await press(page, "Continuer");
  await page.getByText("Choisissez un pseudonyme.").waitFor();
  await page.getByLabel("Identifiant de l'association").fill("Relais de Lyon !");
  await page.getByLabel("Votre pseudonyme").fill("Léa");
  await press(page, "Continuer");
  await page.getByText("lettres sans accent").waitFor();
  await page.getByLabel("Identifiant de l'association").fill("relais-lyon");
  await press(page, "Continuer");
  await page.getByLabel("Phrase secrète", { exact: true }).fill("court");
  await page.getByLabel("Encore une fois").fill("court");
  await press(page, "Créer la clé");
  await page.getByText("C'est trop court.").waitFor();
  await page.getByLabel("Phrase secrète", { exact: true }).fill(PASSPHRASE);
  await press(page, "Créer la clé");
  await page.getByText("Les deux phrases ne sont pas les mêmes.").waitFor();
  await assertFits(page, "passphrase");
});

test("a recovery file brings everything back on another device", async () => {
  await signIn(page, stage, { enter: false });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    press(page, "Enregistrer le fichier"),
  ]);
  const path = await download.path();
  const other = await openPage(browser, { size: LAPTOP, language: "en-GB" });
  await other.goto(`${stage.base}/desk`);
  await press(other, "I have a key or a recovery file");
  await other.getByLabel("Choose a file").setInputFiles(path);
  await other.getByLabel("Passphrase of this file").fill("not this one at all");
  await press(other, "Continue");
  await other.getByText("does not open the key").waitFor();
  await other.getByLabel("Passphrase of this file").fill(PASSPHRASE);
  await press(other, "Continue");
  await press(other, "Enter");
  await trustWords(other, stage.words);
  await other.locator(".piles").waitFor();
  await other.getByText("Association d'exemple, Lyon").waitFor();
  assertClean(other);
  await other.context().close();
});

test("text without a key is refused", async () => {
  await page.goto(`${stage.base}/desk`);
  await press(page, "J'ai déjà une clé ou un fichier de secours");
  await page.getByLabel("Ou coller le texte").fill("bonjour");
  await press(page, "Continuer");
  await page.getByText("ne contient pas de clé age").waitFor();
});

test("coming back: wrong passphrase, wrong association, offline, too many attempts, then in", async () => {
  await signIn(page, stage, { association: { ...stage.lyon, id: "abri-marseille" }, enter: false });
  await page.reload();
  const unlock = async (passphrase) => {
    await page.getByLabel("Phrase secrète", { exact: true }).fill(passphrase);
    await press(page, "Ouvrir");
  };
  await unlock("pas celle-ci");
  await page.getByText("n'ouvre pas la clé").waitFor();
  await unlock(PASSPHRASE);
  await trustWords(page, stage.words);
  await page.getByText("Cette clé et cette association ne vont pas ensemble").waitFor();
  await stage.enlist("abri-marseille", stage.lyon.identities[0]);
  await page.reload();
  stage.fail = (_, path) => (path === "/challenges" ? problem(429, "too_many") : null);
  await unlock(PASSPHRASE);
  await page.getByText("Trop d'essais.").waitFor();
  stage.fail = (_, path) => (path === "/sessions" ? problem(410, "challenge_expired") : null);
  await unlock(PASSPHRASE);
  await page.getByText("Cela a pris trop de temps").waitFor();
  stage.fail = (_, path) => (path === "/me" ? problem(503, "") : null);
  await unlock(PASSPHRASE);
  await page.getByText("Le serveur a un problème").waitFor();
  stage.fail = null;
  await page.context().setOffline(true);
  await unlock(PASSPHRASE);
  await page.getByText("Pas de connexion avec le serveur").waitFor();
  await page.context().setOffline(false);
  await unlock(PASSPHRASE);
  await page.locator(".piles").waitFor();
});

test("a session that ends is not renewed in silence: the person is asked, and signs in by one tap", async () => {
  await signIn(page, stage);
  stage.sessions.clear();
  await stage.request();
  await page.locator(".signed-out").waitFor();
  const before = stage.calls.length;
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  assert.equal(stage.calls.length, before, "nothing is asked meanwhile");
  assert.equal(stage.calls.filter(({ path }) => path === "/challenges").length, 1);
  await press(page, "Se reconnecter");
  await page.locator(".row-button").first().waitFor();
  assert.equal(await page.locator(".signed-out").count(), 0);
  assert.equal(stage.calls.filter(({ path }) => path === "/sessions").length, 2);
  assertClean(page);
});

test("a device whose clock is wrong is told so, and deadlines follow the server", async () => {
  stage.skew = 3 * 3_600_000;
  await stage.request({}, { minutes: 40 });
  await signIn(page, stage);
  await page.getByText("L'horloge de cet appareil se trompe de").waitFor();
  await page.locator(".row-state").first().waitFor();
  assert.match(plain(await page.locator(".row-state").first().textContent()), /^(39|40) min pour répondre$/);
});

test("a new colleague or a new server key that the signed list names is followed in silence", async () => {
  await signIn(page, stage);
  await stage.enlist("relais-lyon", stage.associations.get("ecoute-lille").identities[0]);
  [stage.earlierKeys, stage.signing] = [[stage.signing.key], signingKey()];
  stage.publish();
  await page.reload();
  await page.getByLabel("Phrase secrète", { exact: true }).fill(PASSPHRASE);
  await press(page, "Ouvrir");
  await page.locator(".piles").waitFor();
  assertClean(page);
});

test("the server's key is changed while somebody works: nobody is stopped, and what was there still opens", async () => {
  // The list stands beside the request.
  await page.setViewportSize(LAPTOP);
  const before = await stage.request({ body: "before" });
  await signIn(page, stage);
  const shows = async (handoff, text) => {
    await page.locator(`[data-handoff="${handoff}"]`).click();
    await page.locator(".pane").getByText(text).first().waitFor();
  };
  const renew = (held) => {
    [stage.earlierKeys, stage.signing] = [held, signingKey()];
    stage.publish();
  };
  await shows(before, "before");
  renew([stage.signing.key]);
  const later = await stage.request({ body: "later" });
  await shows(later, "later");
  await shows(before, "before");
  // What the list no longer names is not believed any more.
  renew([]);
  await stage.request();
  await page.locator(".row-button").nth(2).waitFor();
  await shows(before, "une autre clé que celle de votre serveur");
  assert.equal(stage.calls.filter(({ path }) => path === "/challenges").length, 1);
  assertClean(page);
});

test("a passkey opens the desk where the browser has one", async () => {
  await addAuthenticator(page);
  await signIn(page, stage);
  await press(page, "Réglages");
  await page.getByRole("button", { name: "Ajouter", exact: true }).click();
  await page.getByText("Ajouté. Essayez au prochain verrouillage.").waitFor();
  await press(page, "Verrouiller");
  await press(page, "Ouvrir avec l'empreinte ou le visage");
  await page.locator(".piles").waitFor();
  assertClean(page);
});

test("what Telegram writes behind the address is taken away and sent nowhere", async () => {
  const sent = [];
  page.on("request", (request) => sent.push(request.url()));
  await page.goto(`${stage.base}/desk#tgWebAppData=user%3D%257B%2522id%2522%253A77%257D&tgWebAppVersion=9`);
  await page.getByRole("heading").first().waitFor();
  assert.equal(page.url(), `${stage.base}/desk`);
  assert.ok(sent.slice(1).every((url) => !url.includes("tgWebApp") && url.startsWith(stage.base)));
});

test("under the contract's strictest policy the desk works without its worker", async () => {
  await anotherStage({ trustedTypes: "'none'" });
  await signIn(page, stage);
  assert.ok(
    page.faults.every((fault) => fault.includes("relais-worker")),
    page.faults.join("\n"),
  );
});

test("without a network the page itself still opens, and only its own files were kept", async () => {
  await signIn(page, stage);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await page.getByRole("heading", { name: "Verrouillé" }).waitFor();
  await page.context().setOffline(true);
  await page.reload();
  await page.getByLabel("Phrase secrète", { exact: true }).fill(PASSPHRASE);
  await press(page, "Ouvrir");
  await page.getByText("Pas de connexion avec le serveur").waitFor();
  const kept = await page.evaluate(async () => {
    const cache = await caches.open((await caches.keys())[0]);
    return (await cache.keys()).map((request) => new URL(request.url).pathname);
  });
  assert.ok(kept.length > 20 && kept.every((path) => path.startsWith("/desk")), kept.join(" "));
});
