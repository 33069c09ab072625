// Every screen, narrow and wide, light and dark: nothing hangs over the edge, and axe-core finds nothing
// serious or critical. And the keyboard alone is enough.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  LAPTOP,
  PASSPHRASE,
  PHONE,
  addAuthenticator,
  assertAccessible,
  assertClean,
  assertFits,
  launch,
  openPage,
  signIn,
} from "./support/browser.mjs";
import { Stage } from "./support/server.mjs";
import { signingKey } from "./support/signed.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function tour(size, colorScheme, language) {
  const stage = await Stage.open();
  const page = await openPage(browser, { size, colorScheme, language, reducedMotion: "reduce" });
  const look = async (screen) => {
    await assertAccessible(page, screen);
    await assertFits(page, screen);
  };
  const button = (within, at) => page.locator(within).nth(at).click();
  const back = async () => {
    if (size === PHONE) await page.locator(".request-head .back").click();
  };
  try {
    const asked = await stage.request(
      {
        danger: true,
        age: "minor",
        who: "minor",
        body: "لا أستطيع الخروج وحدي.",
        signs: { yes: ["documents", "wages"], no: ["debt"], skipped: ["isolation"] },
      },
      { minutes: 20 },
    );
    await stage.request({}, { minutes: -30 });
    const forged = await stage.request({}, { spoil: (line) => line.replace("labour", "sexual") });
    const talked = await stage.request();
    await stage.takenBy(talked, "Léa");
    await stage.piece(talked, "message", { answer: "answer-yes" });
    await stage.piece(talked, "message", {}, { spoil: (line) => line.replace('"v":1', '"v":1 ') });

    await page.goto(`${stage.base}/desk`);
    await page.locator(".stack").waitFor();
    await look("welcome");
    await button(".stack .second", 0);
    await page.locator("[name=identity]").waitFor();
    await look("import");
    await page.locator(".back").click();
    await button(".stack .first", 0);
    await page.locator("[type=submit]").click();
    await page.locator(".fault:not([hidden])").first().waitFor();
    await look("association, with faults");
    await signIn(page, stage, { enter: false });
    await look("key");
    await page.locator(".card > .first").click();
    await page.locator("[name=words]").waitFor();
    await look("whom to trust");
    await page.locator("[name=words]").fill("abeille moulin");
    await page.locator("[type=submit]").click();
    await page.locator(".fault:not([hidden])").first().waitFor();
    await look("whom to trust, with a fault");
    await page.locator("[name=words]").fill(stage.words);
    await page.locator("[type=submit]").click();
    await page.locator(".good").waitFor();
    await look("the words fit");
    await page.locator(".card > .first").click();
    await page.locator(".row-button").first().waitFor();
    await look("inbox");
    await page.locator(`[data-handoff="${forged}"]`).click();
    await page.locator(".alerts .alert").waitFor();
    await look("bad signature");
    await back();
    await page.locator(`[data-handoff="${asked}"]`).click();
    await page.locator(".own-words").waitFor();
    for (const summary of await page.locator(".said summary").all()) await summary.click();
    await look("request");
    await button(".actions .second", 1);
    await look("decline");
    await button(".panel .second", 0);
    await button(".actions .second", 0);
    await look("pass on");
    await button(".choose", 0);
    await page.locator(".panel summary").click();
    await page.locator(".panel .words").first().waitFor();
    await look("pass on, confirm");
    await button(".panel .row-end .second", 0);
    await button(".panel .row-end .second", 0);
    await back();
    await button(".pile", 1);
    await page.locator(`[data-handoff="${talked}"]`).click();
    await page.locator(".item-bad").waitFor();
    await look("thread");
    await button(".actions .first", 0);
    await page.locator(".group").nth(2).locator("summary").click();
    await look("phrases");
    await button(".group:nth-child(3) .choose", 7);
    await page.locator(".preview").waitFor();
    await look("preview");
    await page.locator(".panel .back").click();
    await button(".panel .row-end .second", 0);
    await page.locator("[name=text]").fill("Bonjour");
    await look("free text");
    await button(".panel .row-end .second", 0);
    await button(".actions .second", 2);
    await look("close");
    await button(".panel .second", 0);
    await button(".actions .second", 0);
    await look("note");
    await button(".panel .second", 0);
    await back();
    await page.locator(".tool-settings").click();
    await page.locator(".settings .words").first().waitFor({ state: "attached" });
    await page.locator(".device").nth(1).waitFor();
    await look("settings");
    await page.locator(".device").nth(1).locator(".plain").click();
    await look("settings, removing a device");
    await page.locator(".device").nth(1).locator(".danger").click();
    await page.locator(".device-removed").waitFor();
    await look("settings, with a removed device");
    await addAuthenticator(page);
    await page.getByRole("button", { name: /^(Ajouter|Add)$/ }).click();
    await page.getByRole("button", { name: /^(Retirer|Remove)$/ }).waitFor();
    await look("settings, with a passkey");
    await page.locator(".tool-lock").click();
    await page.locator("[name=passphrase]").waitFor();
    await page.locator("summary").click();
    await page.locator("details .second").click();
    await look("locked, with a passkey");
    stage.signing = signingKey();
    await page.getByRole("button", { name: /^(Ouvrir avec|Open with)/ }).click();
    await page.locator(".stopped").waitFor();
    await look("stopped");
    await page.locator("[name=called]").check();
    await look("stopped, and called");
    assertClean(page);
  } finally {
    await page.context().close();
    await stage.close();
  }
}

test("every screen on a phone, light, French", () => tour(PHONE, "light", "fr-FR"));
test("every screen on a phone, dark, English", () => tour(PHONE, "dark", "en-GB"));
test("every screen on a laptop, dark, French", () => tour(LAPTOP, "dark", "fr-FR"));
test("every screen on a laptop, light, English", () => tour(LAPTOP, "light", "en-GB"));
test("every screen between the two", () => tour({ width: 960, height: 700 }, "light", "fr-FR"));

test("with the keyboard alone: from the list to a request and back, the focus is never lost", async () => {
  const stage = await Stage.open();
  const page = await openPage(browser, { size: PHONE });
  const focused = () =>
    page.evaluate(() => document.activeElement.className || document.activeElement.tagName);
  try {
    await stage.request();
    await signIn(page, stage);
    await page.locator(".row-button").focus();
    await page.keyboard.press("Enter");
    await page.locator(".facts").first().waitFor();
    assert.equal(await focused(), "request-title");
    await page.goBack();
    await page.locator(".row-button").waitFor();
    assert.match(await focused(), /row-button/);
    await page.keyboard.press("Enter");
    await page.locator(".actions .second").nth(1).focus();
    await page.keyboard.press("Enter");
    assert.equal(await focused(), "H3");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    assert.equal(await page.locator("[name=reason]:checked").count(), 1);
    await page.locator(".tool-lock").focus();
    await page.keyboard.press("Enter");
    await page.locator("[name=passphrase]").waitFor();
    await page.locator("[name=passphrase]").fill(PASSPHRASE);
    await page.keyboard.press("Enter");
    await page.locator(".piles").waitFor();
    await page.locator(".row-button").waitFor();
    assertClean(page);
  } finally {
    await page.context().close();
    await stage.close();
  }
});
