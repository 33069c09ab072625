// Whom to pass a request on to: the router's next best first, and nobody who said no.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LAPTOP, assertClean, plain, signIn } from "./support/browser.mjs";
import { anotherPage, eachTest, page, stage } from "./support/page.mjs";

eachTest({ size: LAPTOP });

const choices = async (handoff) => {
  await page.locator(`[data-handoff="${handoff}"]`).click();
  await page.locator(".actions").getByRole("button", { name: "Passer", exact: true }).click();
  await page.locator(".choose").first().waitFor();
};
const names = () => page.locator(".choose-name").allTextContents();
const row = (name) => page.locator(".choose", { hasText: name });

test("whom the router named comes first in its order, full or not; who said no or is away comes last", async () => {
  const others = ["ecoute-lille", "fermee-nice", "relais-lyon", "nationale", "gone-since"];
  const handoff = await stage.request({ routing: { reasons: ["overflow:2", "covers_from_afar"], others } });
  stage.refused.add(`${handoff} nationale`);
  stage.associations.get("ecoute-lille").full = true;
  await signIn(page, stage);
  await choices(handoff);
  assert.deepEqual(await names(), [
    "Écoute d'exemple, Lille",
    "Abri d'exemple, Marseille",
    "Maison d'exemple, Nice",
    "Équipe nationale d'exemple",
  ]);
  assert.match(plain(await row("Lille").textContent()), /convient ensuite le mieux.*beaucoup de demandes/);
  assert.ok(await row("Lille").isEnabled());
  assert.match(plain(await row("nationale").textContent()), /a dit non à cette demande/);
  assert.ok(await row("nationale").isDisabled());
  assert.ok(await row("Nice").isDisabled());
  assertClean(page);
});

test("a token of an earlier version names nobody, and the page orders by what it knows", async () => {
  for (const routing of [undefined, { reasons: [] }, { reasons: [], others: "abri-marseille" }]) {
    const handoff = await stage.request({ routing });
    await signIn(page, stage);
    await choices(handoff);
    assert.equal((await names())[0], "Abri d'exemple, Marseille");
    await anotherPage({ size: LAPTOP });
  }
});

test("why it came here is said in words, also where others were full", async () => {
  const reasons = ["overflow:1", "open_until:2026-11-25T17:00:00Z", "open_always", "covers_from_afar", "full"];
  const handoff = await stage.request({ routing: { reasons } });
  await signIn(page, stage);
  await page.locator(`[data-handoff="${handoff}"]`).click();
  const why = page.locator("details", { hasText: "Pourquoi" });
  await why.locator("summary").click();
  const said = (await why.locator("li").allTextContents()).map(plain);
  assert.equal(said[0], "sautée : une association complète");
  assert.match(said[1], /^ouverte jusqu'à .*\d\d:\d\d$/);
  assert.deepEqual(said.slice(2, 4), ["ouverte jour et nuit", "couvre ce lieu depuis une autre région"]);
  assert.match(said[4], /^complète/);
});
