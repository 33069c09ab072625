// The page without a server: opened from a file, it reads .age files and can reach nothing.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { armor } from "age-encryption";
import {
  LAPTOP,
  PHONE,
  assertAccessible,
  assertClean,
  assertFits,
  launch,
  openPage,
  plain,
  press,
} from "./support/browser.mjs";
import { newId, record, token, world } from "./support/world.mjs";

const OFFLINE = new URL("../../web/desk/offline.html", import.meta.url);
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const file = (name, buffer) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(buffer) });

test("it opens tokens, armored or not, and hides what is forged", async () => {
  const { signing, associations } = await world();
  const lyon = associations.get("relais-lyon");
  const handoff = newId();
  const written = record(handoff, Date.now(), { danger: true, body: "canari-3" });
  const good = await token(written, lyon.recipients, signing);
  const third = {
    passed_on: { by: "abri-marseille", to: "relais-lyon", at: "2026-11-25T10:00:00Z", note: "Complets." },
    recipients: lyon.recipients,
  };
  const passed = await token(written, associations.get("abri-marseille").recipients, signing, {
    third,
    sealTo: lyon.recipients,
  });
  const message = await token(
    record(handoff, Date.now(), { kind: "message", answer: "answer-cannot-talk" }),
    lyon.recipients,
    signing,
  );
  const forged = await token(written, lyon.recipients, signing, {
    spoil: (line) => line.replace("canari-3", "canari-4"),
  });
  const page = await openPage(browser, { size: LAPTOP });
  const sent = [];
  page.on("request", (request) => sent.push(request.url()));
  await page.goto(OFFLINE.href);
  await page.getByRole("heading", { name: "Lire une demande sans serveur" }).waitFor();
  await assertAccessible(page, "offline, key");
  await page.locator("[name=identity]").fill(lyon.identities[1]);
  await press(page, "Ouvrir");
  await page
    .locator("#files")
    .setInputFiles([
      file("a.age", good),
      file("b.age", armor.encode(passed)),
      file("c.age", forged),
      file("d.age", message),
      file("e.age", "rubbish"),
    ]);
  await page.locator("article").nth(4).waitFor();
  const cards = (await page.locator("article").allTextContents()).map(plain).reverse();
  assert.match(cards[0], /La personne dit : DANGER.*travail sans liberté.*canari-3/s);
  assert.match(cards[1], /Passée par abri-marseille.*Complets\..*canari-3/s);
  assert.match(cards[2], /Signature fausse/);
  assert.match(cards[3], /Je ne peux pas parler.*لا أستطيع/s);
  assert.match(cards[4], /Fichier abîmé/);
  assert.ok(!(await page.content()).includes("canari-4"));
  assert.equal(await page.locator("article").last().locator(".words li").count(), 8);
  await assertAccessible(page, "offline, files");
  await assertFits(page, "offline, files");
  await page.setViewportSize(PHONE);
  await assertFits(page, "offline, files on a phone");
  const blocked = await page.evaluate(() =>
    fetch("https://example.org/").then(
      () => "reached",
      () => "blocked",
    ),
  );
  assert.equal(blocked, "blocked");
  assert.deepEqual(
    sent.filter((url) => !url.startsWith("file:") && !url.startsWith("data:")),
    [],
  );
  page.faults = page.faults.filter((fault) => !fault.includes("example.org"));
  assertClean(page);
  await press(page, "Verrouiller");
  await page.locator("[name=identity]").waitFor();
  assert.ok(!(await page.content()).includes("canari-3"));
  await page.context().close();
});

test("with the server's published key, a token of another server is refused", async () => {
  const [one, other] = await Promise.all([world(), world()]);
  const lyon = one.associations.get("relais-lyon");
  const page = await openPage(browser, { language: "en-GB" });
  await page.goto(OFFLINE.href);
  await page.locator("[name=identity]").fill(lyon.identities[0]);
  await page.locator("[name=server]").fill(one.signing.key);
  await press(page, "Open");
  const good = await token(record(newId(), Date.now()), lyon.recipients, one.signing);
  const strange = await token(record(newId(), Date.now()), lyon.recipients, other.signing);
  await page.locator("#files").setInputFiles([file("a.age", good), file("b.age", strange)]);
  await page.getByText("Signed by another key than your server's.").waitFor();
  await page.getByText("work, not free").waitFor();
  assertClean(page);
  await page.context().close();
});

test("a withdrawal takes away what is shown of its request, and nothing of another's", async () => {
  const [one, other] = await Promise.all([world(), world()]);
  const lyon = one.associations.get("relais-lyon");
  const [handoff, stays] = [newId(), newId()];
  const said = (id) => record(id, Date.now(), { body: `canari-${id}` });
  const { v, received, sign } = said(handoff);
  const withdrawal = { v, kind: "withdrawal", handoff, received, sign };
  const strange = { ...withdrawal, handoff: stays };
  const page = await openPage(browser, { language: "en-GB" });
  await page.goto(OFFLINE.href);
  await page.locator("[name=identity]").fill(lyon.identities[0]);
  await press(page, "Open");
  const files = [
    file("a.age", await token(said(handoff), lyon.recipients, one.signing)),
    file("b.age", await token(said(stays), lyon.recipients, one.signing)),
    file("c.age", await token(withdrawal, lyon.recipients, one.signing)),
    // Another server cannot take back what this one sent.
    file("d.age", await token(strange, lyon.recipients, other.signing)),
  ];
  await page.locator("#files").setInputFiles(files);
  await page.getByText("Please delete what you saved").nth(1).waitFor();
  const content = await page.content();
  assert.ok(!content.includes(`canari-${handoff}`) && content.includes(`canari-${stays}`));
  await assertAccessible(page, "offline, withdrawn");
  assertClean(page);
  await page.context().close();
});

test("the file is the one whose sum is published, and carries the present texts", async () => {
  const page = await readFile(OFFLINE, "utf8");
  const sum = await readFile(new URL("offline.html.sha256", OFFLINE), "utf8");
  assert.equal(sum, `${createHash("sha256").update(page).digest("hex")}  offline.html\n`);
  const carried = JSON.parse(/id="texts">(.*?)<\/script>/s.exec(page)[1]);
  const locales = fileURLToPath(new URL("../../locales/", import.meta.url));
  for (const tag of ["fr", "en"]) {
    for (const name of (await readdir(`${locales}${tag}`)).filter((one) => one !== "intake.ftl")) {
      const now = await readFile(`${locales}${tag}/${name}`, "utf8");
      assert.ok(
        carried[`locales/${tag}/${name}`] === now,
        `${tag}/${name} changed: run node tools/desk/offline.mjs`,
      );
    }
  }
});
