// A real browser for the tests, and the steps that every test takes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const PHONE = { width: 360, height: 740 };
export const LAPTOP = { width: 1440, height: 900 };
export const PASSPHRASE = "abeille moulin orange tulipe";
const axeSource = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const launch = () =>
  chromium.launch({ executablePath: EXECUTABLE, args: ["--no-sandbox", "--disable-gpu"] });

/** A page as a volunteer opens it. Anything that the browser refuses or throws fails the test at the end. */
export async function openPage(
  browser,
  { size = LAPTOP, language = "fr-FR", colorScheme = "light", ...more } = {},
) {
  const context = await browser.newContext({
    viewport: size,
    locale: language,
    colorScheme,
    timezoneId: "Europe/Paris",
    acceptDownloads: true,
    ...more,
  });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]).catch(() => undefined);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.faults = [];
  page.on("pageerror", (fault) => page.faults.push(`thrown: ${fault.message}`));
  page.on("console", (line) => {
    const text = line.text();
    if (line.type() === "error" && !/Failed to load resource|net::ERR/.test(text)) page.faults.push(text);
  });
  return page;
}

/** One session of the tools for each page: where one ends, the browser forgets the authenticators of all. */
async function tools(page) {
  page.tools ??= await page.context().newCDPSession(page);
  return page.tools;
}

/** Gives the browser an authenticator that always finds its owner there. */
export async function addAuthenticator(page) {
  const session = await tools(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** A text without isolates and with plain spaces. */
export const plain = (text) => text.replace(/[\u2066-\u2069]/g, "").replace(/[\u00a0\u202f]/g, " ");

export const assertClean = (page) => assert.deepEqual(page.faults, [], "the browser complained");

const byName = (page, role, name) => page.getByRole(role, { name });
export const press = (page, name) => byName(page, "button", name).first().click();

/** First run with an existing age identity: the quickest way to an open desk. */
export async function signIn(
  page,
  stage,
  { association = stage.lyon, pseudonym = "Léa", at = 0, enter = true } = {},
) {
  await page.goto(`${stage.base}/desk`);
  await page.locator(".stack .second").click();
  await page.locator("[name=identity]").fill(`# a key file\n${association.identities[at]}\n`);
  await page.locator("[type=submit]").click();
  await page.locator("[name=association]").fill(association.id);
  await page.locator("[name=pseudonym]").fill(pseudonym);
  await page.locator("[type=submit]").click();
  await page.locator("[name=passphrase]").fill(PASSPHRASE);
  await page.locator("[name=again]").fill(PASSPHRASE);
  await page.locator("[type=submit]").click();
  await page.locator(".words li").first().waitFor();
  if (!enter) return;
  await page.locator(".card > .first").click();
  await trustWords(page, stage.words);
  await page.locator(".piles").waitFor();
}

/** Types the words from the operator's paper, and enters. */
export async function trustWords(page, words) {
  await page.locator("[name=words]").fill(words);
  await page.locator("[type=submit]").click();
  await page.locator(".good").waitFor();
  await page.locator(".card > .first").click();
}

/** Whatever can be typed into keeps to this device: no help of the browser's sees it. */
export async function assertKeptHere(page, screen) {
  const loose = await page.evaluate(() =>
    [...document.querySelectorAll("input, textarea, select, [contenteditable]")]
      .filter((box) => box.getAttribute("spellcheck") !== "false" || box.getAttribute("autocomplete") !== "off")
      .map((box) => box.outerHTML),
  );
  assert.deepEqual(loose, [], `boxes on ${screen}`);
  const untranslated = await page.evaluate(
    () => !document.documentElement.translate && Boolean(document.querySelector('meta[name="google"][content="notranslate"]')),
  );
  assert.ok(untranslated, `the browser may translate ${screen}`);
}

/** Runs axe-core over what is shown; nothing serious or critical may be left. */
export async function assertAccessible(page, screen) {
  await assertKeptHere(page, screen);
  const session = await tools(page);
  const run = async (expression) => {
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await run(`${await axeSource};0`);
  const found =
    await run(`axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
    .then((result) => result.violations.filter((one) => ["serious", "critical"].includes(one.impact))
      .map((one) => one.id + ": " + one.nodes.map((node) => node.target.join(" ") + " " + (node.any[0]?.message ?? "")).join(" | ")))`);
  assert.deepEqual(found, [], `axe on ${screen}`);
}

/** Nothing may hang over the right edge. */
export async function assertFits(page, screen) {
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(over <= 0, `${screen} is ${over} px too wide`);
}
