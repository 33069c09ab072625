// The desk inside Telegram: as a Mini App it stands in a frame of Telegram's own page, and in no other.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { PASSPHRASE, PHONE, assertClean, launch, openPage } from "./support/browser.mjs";
import { Stage } from "./support/server.mjs";

const DESK = "https://desk.example.org";

let browser;
let stage;
let page;
before(async () => {
  browser = await launch();
});
after(() => browser.close());
beforeEach(async () => {
  stage = await Stage.open();
  stage.origin = DESK;
  page = await openPage(browser, { size: PHONE, serviceWorkers: "block" });
  // A desk as volunteers reach it, over https. The bell rings for ever, so here the desk asks instead.
  await page.route(`${DESK}/**`, async (route) => {
    const { pathname, search } = new URL(route.request().url());
    if (pathname.endsWith("/events")) return route.abort();
    return route.fulfill({ response: await route.fetch({ url: `${stage.base}${pathname}${search}` }) });
  });
});
afterEach(async () => {
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.context().close();
  await stage.close();
});

/** Opens a page of this origin that holds the desk in a frame. Nothing leaves this machine. */
async function framedBy(origin) {
  await page.route(`${origin}/**`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><iframe name="app" style="width:100%;height:90vh" src="${DESK}/desk"></iframe>`,
    }),
  );
  await page.goto(`${origin}/`);
  return page.frameLocator("[name=app]");
}

test("a volunteer works inside Telegram's page", async () => {
  await stage.request({ body: "please" });
  const app = await framedBy("https://web.telegram.org");
  await app.locator(".stack .second").click();
  await app.locator("[name=identity]").fill(stage.lyon.identities[0]);
  await app.locator("[type=submit]").click();
  await app.locator("[name=association]").fill(stage.lyon.id);
  await app.locator("[name=pseudonym]").fill("Léa");
  await app.locator("[type=submit]").click();
  await app.locator("[name=passphrase]").fill(PASSPHRASE);
  await app.locator("[name=again]").fill(PASSPHRASE);
  await app.locator("[type=submit]").click();
  await app.locator(".words li").first().waitFor();
  await app.locator(".card > .first").click();
  await app.locator("[name=words]").fill(stage.words);
  await app.locator("[type=submit]").click();
  await app.locator(".good").waitFor();
  await app.locator(".card > .first").click();
  await app.locator(".row-button").first().click();
  await app.getByText("please").first().waitFor();
  assertClean(page);
});

test("no other page can hold the desk", async () => {
  const app = await framedBy("https://elsewhere.example.org");
  await page.waitForFunction(() => document.readyState === "complete");
  assert.equal(await app.locator(".stack").count(), 0);
  assert.ok(page.faults.some((fault) => fault.includes("frame-ancestors")), `${page.faults}`);
});
