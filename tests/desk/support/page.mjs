// A stage and a page of its own for every test of a file, with one browser for all. `stage` and `page` are live: they
// name what the running test has.

import { after, afterEach, before, beforeEach } from "node:test";
import { launch, openPage } from "./browser.mjs";
import { Stage } from "./server.mjs";

export let browser;
export let stage;
export let page;

/** Says, once for each file, what every page begins with. */
export function eachTest(options) {
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());
  beforeEach(async () => {
    stage = await Stage.open();
    page = await openPage(browser, options);
  });
  afterEach(async () => {
    await page.context().close();
    await stage.close();
  });
}

/** Closes the page and opens another, as another device of the same stage. */
export async function anotherPage(options) {
  await page.context().close();
  page = await openPage(browser, options);
}

/** Ends the stage and opens another in its place. */
export async function anotherStage(options) {
  await stage.close();
  stage = await Stage.open(options);
}
