// The list of requests: what is marked once a request was opened, and how it bears a flood.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LAPTOP, assertAccessible, assertClean, plain, signIn } from "./support/browser.mjs";
import { eachTest, page, stage } from "./support/page.mjs";
import { newId } from "./support/world.mjs";

eachTest({ size: LAPTOP });

test("one of many from the same chat is marked in the list, once it was opened", async () => {
  const sixth = await stage.request({ routing: { reasons: ["serves_situation", "repeated:6"] } });
  const other = await stage.request({ routing: { reasons: ["serves_situation", "overflow:2"] } });
  await signIn(page, stage);
  const row = (handoff) => page.locator(`[data-handoff="${handoff}"]`);
  await row(sixth).waitFor();
  assert.equal(await page.locator(".repeat-mark").count(), 0);
  await row(sixth).click();
  await row(sixth).locator(".repeat-mark").waitFor();
  // A screen reader hears the sentence, and the drawing not at all.
  const said = await row(sixth).locator(".repeat-mark .unseen").textContent();
  assert.equal(plain(said), "demande n° 6 de la même discussion en une heure");
  assert.equal(await row(sixth).locator(".repeat-mark [aria-hidden=true]").textContent(), "↻ 6");
  assert.equal(await row(sixth).locator(".new-mark").count(), 0);
  await row(other).click();
  await row(other).locator(".new-mark").waitFor({ state: "detached" });
  assert.equal(await page.locator(".repeat-mark").count(), 1);
  await assertAccessible(page, "list with a mark");
  // Taken back: nothing of what was read is left.
  await stage.withdraw(sixth);
  await page.locator(".repeat-mark").waitFor({ state: "detached" });
  assertClean(page);
});

test("a thousand requests are drawn quickly, the most pressing first, and can all be reached", async () => {
  stage.page = 200;
  const now = stage.now();
  const made = Array.from({ length: 1_000 }, (_, at) => ({ handoff: newId(), respond_by: now + at * 60_000 }));
  // The last to come are the most pressing.
  for (const { handoff, respond_by } of made.toReversed()) {
    await stage.put("relais-lyon", handoff, "handoff", Buffer.from("sealed"), { respond_by });
  }
  await signIn(page, stage);
  const rows = page.locator(".row-button");
  const shown = () => rows.evaluateAll((all) => all.map((row) => row.dataset.handoff));
  await page.locator(".more-rows").waitFor();
  assert.equal(await page.title(), "(1000) Relais");
  assert.deepEqual(
    await shown(),
    made.slice(0, 100).map(({ handoff }) => handoff),
  );
  const redraw = () =>
    page.evaluate(() => {
      const start = performance.now();
      document.querySelector(".piles [aria-current]").click();
      document.querySelector(".list").getBoundingClientRect();
      return performance.now() - start;
    });
  const times = [];
  for (let turn = 0; turn < 5; turn += 1) times.push(await redraw());
  const best = Math.min(...times);
  if (process.env.RELAIS_SAY_TIMES) console.log("redraw, ms", times);
  assert.ok(best < 200, `drawing took ${best} ms`);
  const more = page.locator(".more-rows button");
  assert.equal(plain(await more.textContent()), "Montrer 100 de plus");
  await more.click();
  assert.equal(await rows.count(), 200);
  assert.equal(
    await page.evaluate(() => document.activeElement.dataset.handoff),
    made[100].handoff,
    "whoever asked for more goes on where the list was cut",
  );
  for (let left = 8; left > 0; left -= 1) await more.click();
  assert.equal(await more.count(), 0);
  assert.deepEqual(
    await shown(),
    made.map(({ handoff }) => handoff),
  );
  assertClean(page);
});
