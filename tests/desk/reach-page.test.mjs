// The person changes how to be reached while a volunteer is writing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LAPTOP, assertAccessible, assertClean, plain, press, signIn } from "./support/browser.mjs";
import { anotherPage, eachTest, page, stage } from "./support/page.mjs";
import { problem } from "./support/server.mjs";
import { newAddress } from "./support/world.mjs";

eachTest({ size: LAPTOP });

const morning = () => ({
  contact: { channel: "telegram", window: "morning" },
  return_address: newAddress(),
  reach_no: 1,
});
const NEVER = { contact: { channel: "none", window: "none" }, return_address: undefined, reach_no: 1 };

const text = () => page.getByLabel("Message, en français");
const answer = () => page.locator(".actions").getByRole("button", { name: "Répondre" });
const sendText = () => press(page, "Envoyer en français, non traduit");
const sent = () => stage.calls.filter(({ path }) => path.endsWith("/messages")).map(({ body }) => body);

/** A request that is one's own, with an answer being written. */
async function writing(words = "Bonjour") {
  const handoff = await stage.request();
  await stage.takenBy(handoff, "Léa");
  await signIn(page, stage);
  await page.locator(".piles button", { hasText: "À moi" }).click();
  await page.locator(`[data-handoff="${handoff}"]`).click();
  await answer().click();
  await press(page, "Écrire moi-même");
  if (words) await text().fill(words);
  return handoff;
}

test("an open answer says that the hours changed, and goes to the new address", async () => {
  const handoff = await writing();
  const now = morning();
  await stage.piece(handoff, "addition", now);
  await page.locator(".panel .warn", { hasText: "a changé comment lui écrire" }).waitFor();
  const said = plain(await page.locator(".panel [role=status]").textContent());
  assert.match(said, /seulement de 8 h à 12 h/);
  assert.equal(await text().inputValue(), "Bonjour");
  await assertAccessible(page, "an answer whose hours changed");
  await sendText();
  await page.locator(".item-reply").waitFor();
  assert.deepEqual(
    sent().map((body) => body.return_address),
    [now.return_address],
  );
  assertClean(page);
});

test("an open answer ends where the person wants no messages; the words can be copied", async () => {
  const handoff = await writing("Venez lundi");
  await stage.piece(handoff, "addition", NEVER);
  await page.locator(".panel .fault", { hasText: "ne veut plus de message" }).waitFor();
  const kept = page.getByLabel("Ce que vous aviez écrit, à copier");
  assert.equal(await kept.inputValue(), "Venez lundi");
  assert.ok(!(await kept.isEditable()));
  assert.equal(await page.locator(".panel").getByRole("button", { name: "Envoyer" }).count(), 0);
  await page.locator(".panel").getByRole("button", { name: "Copier" }).waitFor();
  await assertAccessible(page, "an answer that ended");
  await page.locator(".panel").getByRole("button", { name: "OK" }).click();
  await page.getByText("La personne ne reçoit pas de message.").waitFor();
  assert.equal(await answer().count(), 0);
  assert.deepEqual(sent(), []);
  assertClean(page);
});

test("an open answer with nothing in it closes, and says why", async () => {
  const handoff = await writing(null);
  await stage.piece(handoff, "message", { stop: true, return_address: undefined });
  await page.locator(".toast", { hasText: "a arrêté les messages" }).waitFor();
  await page.locator(".panel[hidden]").waitFor({ state: "attached" });
  assert.equal(await answer().count(), 0);
  // Hours that are chosen again do not reopen it by themselves; the volunteer can answer again.
  await stage.piece(handoff, "addition", { ...morning(), reach_no: 2 });
  await page.locator(".item", { hasText: "8 h à 12 h" }).waitFor();
  await answer().waitFor();
  assert.equal(await page.locator(".panel[hidden]").count(), 1);
});

test("a server that knows of a change first: the page looks again, keeps the words and says so", async () => {
  const handoff = await writing("Bonjour à vous");
  const now = morning();
  // The news does not reach the page by itself: the server says no first.
  const changed = stage.changed;
  stage.changed = () => undefined;
  await stage.piece(handoff, "addition", now);
  await sendText();
  await page.locator(".panel .fault", { hasText: "a changé comment lui écrire" }).waitFor();
  assert.equal(await text().inputValue(), "Bonjour à vous");
  stage.changed = changed;
  await sendText();
  await page.locator(".item-reply").waitFor();
  const [before, after] = sent().map((body) => body.return_address);
  assert.notEqual(before, now.return_address);
  assert.equal(after, now.return_address);
  assert.equal(sent().length, 2);
});

test("a server that knows first that there are no messages: the answer ends, the words can be copied", async () => {
  for (const [status, code, words] of [
    [409, "no_messages", "ne veut plus de message"],
    [410, "stopped", "a arrêté les messages"],
  ]) {
    await writing("Venez mardi");
    stage.fail = (_, path) => (path.endsWith("/messages") ? problem(status, code) : null);
    await sendText();
    await page.locator(".panel .fault", { hasText: words }).waitFor();
    const kept = page.getByLabel("Ce que vous aviez écrit, à copier");
    assert.equal(await kept.inputValue(), "Venez mardi");
    stage.fail = null;
    await anotherPage({ size: LAPTOP });
  }
});

test("what was written on another phone says so, and turns no answer to it", async () => {
  const handoff = await writing();
  const address = stage.returns.get(handoff);
  await stage.piece(handoff, "addition", { ...morning(), elsewhere: true });
  await stage.piece(handoff, "message", { body: "Écrivez ici", elsewhere: true });
  await page.locator(".item", { hasText: "Écrivez ici" }).waitFor();
  const marks = page.locator(".elsewhere", { hasText: "Écrit sur un autre téléphone." });
  assert.equal(await marks.count(), 2);
  assert.ok(await page.locator(".panel [role=status]").isHidden());
  assert.match(plain(await page.locator(".said").textContent()), /seulement de 18 h à 22 h/);
  await sendText();
  await page.locator(".item-reply").waitFor();
  assert.deepEqual(
    sent().map((body) => body.return_address),
    [address],
  );
});
