// The page's own modules, without a browser.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { carry } from "../../../web/desk/lib/texts.js";

export const words = await readFile(new URL("../../../web/desk/words.txt", import.meta.url), "utf8");
carry({ "words.txt": words });

export * from "../../../web/desk/lib/trust.js";
export * from "../../../web/desk/lib/minisign.js";
export * from "../../../web/desk/lib/papers.js";
export * from "../../../web/desk/lib/removals.js";
export * from "../../../web/desk/lib/challenge.js";
export { Api } from "../../../web/desk/lib/api.js";
export { Desk } from "../../../web/desk/lib/desk.js";
export { Device, signatureFits } from "../../../web/desk/lib/device.js";
export { SignedList } from "../../../web/desk/lib/signed-list.js";
export { merge, canAnswer, reach } from "../../../web/desk/lib/person.js";
export { openMemory, sealMemory } from "../../../web/desk/lib/vault.js";
export { readWords } from "../../../web/desk/lib/words.js";
export { openToken } from "../../../web/desk/lib/token.js";

/** Something that must end in the stopped state, for this reason. */
export const stops = (work, why) =>
  assert.rejects(
    async () => work(),
    (fault) => {
      assert.equal(`${fault.code}: ${fault.why}`, `untrusted: ${why}`);
      return true;
    },
  );
