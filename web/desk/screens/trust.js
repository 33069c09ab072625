// The server shows other keys than before. Either the operator changed them, or somebody stands in between:
// a person must ask on the phone, and until then nothing is sealed to the new keys.

import { busy, h, icon } from "../lib/dom.js";
import { atTop, complain, show } from "../lib/frame.js";
import { say } from "../lib/say.js";
import { fingerprint } from "../lib/words.js";
import { wordList } from "./keypieces.js";

export async function trust(desk, ways) {
  const { added, serverKeys } = desk.suspicion;
  const shown = await Promise.all(
    [
      ...serverKeys.map((key) => ["page-trust-server", key]),
      ...added.map((name) => ["page-trust-recipient", name]),
    ].map(async ([key, value]) => [h("h2", {}, say(key)), wordList(await fingerprint(value))]),
  );
  atTop();
  show(
    h(
      "div",
      { class: "card" },
      h("h1", {}, say("page-trust-title")),
      h("p", { class: "warn" }, icon("warn"), say("page-trust-text")),
      shown,
      h("p", {}, say("page-trust-ask")),
      h(
        "div",
        { class: "stack" },
        h(
          "button",
          {
            type: "button",
            class: "second",
            onclick: (event) =>
              busy(
                event.currentTarget,
                async () => {
                  await desk.pin();
                  ways.open(desk);
                },
                complain,
              ),
          },
          say("page-trust-yes"),
        ),
        h(
          "button",
          { type: "button", class: "first", onclick: ways.lock },
          icon("lock"),
          say("page-trust-no"),
        ),
      ),
    ),
  );
}
