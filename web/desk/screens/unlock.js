// The locked desk: a passphrase or a passkey, and everything that can go wrong said in a sentence.

import { Desk } from "../lib/desk.js";
import { busy, field, fill, h, icon } from "../lib/dom.js";
import { show, wordsFor } from "../lib/frame.js";
import { say, speak } from "../lib/say.js";
import { forget, keep, passkeysWork, unlockWith, unlockWithPasskey } from "../lib/vault.js";
import { languageButtons, mark } from "./welcome.js";
import { onSubmit } from "./keypieces.js";

export function unlock(profile, ways) {
  const phrase = field(
    say("page-passphrase"),
    h("input", {
      type: "password",
      name: "passphrase",
      required: true,
      autofocus: true,
    }),
  );
  const problem = h("p", { class: "warn", role: "alert", hidden: true });
  const complain = (fault) => {
    problem.hidden = false;
    fill(problem, icon("warn"), h("span", {}, wordsFor(fault)));
  };
  const enter = async (key) => {
    await ways.enter(new Desk(profile, key));
  };
  const button = h("button", { type: "submit", class: "first" }, icon("lock"), say("page-unlock"));
  const form = h("form", { novalidate: true }, phrase, button);
  onSubmit(
    form,
    button,
    async () => {
      problem.hidden = true;
      const key = await unlockWith(phrase.control.value.trim(), profile.locked).catch(() => null);
      phrase.say(key ? null : say("page-passphrase-wrong"));
      if (key) await enter(key);
    },
    complain,
  );

  const passkey =
    profile.passkey &&
    passkeysWork() &&
    h(
      "button",
      {
        type: "button",
        class: "second",
        onclick: (event) =>
          busy(
            event.currentTarget,
            async () => {
              problem.hidden = true;
              const key = await unlockWithPasskey(profile.passkey).catch(() => null);
              if (key) await enter(key);
              else complain({ code: "passkey" });
            },
            complain,
          ),
      },
      say("page-unlock-passkey"),
    );

  const choose = async (tag) => {
    profile.language = tag;
    await keep(profile);
    await speak(tag);
    show(unlock(profile, ways));
  };
  return h(
    "div",
    { class: "card card-first" },
    mark(),
    h("h1", {}, say("page-locked-title")),
    h("p", {}, say("page-locked-text")),
    problem,
    form,
    passkey,
    h(
      "details",
      { class: "quiet" },
      h("summary", {}, say("page-unlock-trouble")),
      h("p", {}, say("page-unlock-trouble-text")),
      forgetting(ways),
    ),
    h("hr"),
    languageButtons(profile.language, choose),
  );
}

/** Removes the key from the device, in two steps: it cannot be undone. */
export function forgetting(ways) {
  const box = h("div", { class: "stack" });
  const ask = () =>
    fill(
      box,
      h("p", { class: "warn" }, icon("warn"), say("page-forget-sure")),
      h(
        "div",
        { class: "row" },
        h(
          "button",
          {
            type: "button",
            class: "danger",
            onclick: async () => {
              await forget();
              ways.restart();
            },
          },
          say("page-forget-yes"),
        ),
        h("button", { type: "button", class: "second", onclick: rest }, say("page-cancel")),
      ),
    );
  const rest = () =>
    fill(box, h("button", { type: "button", class: "second", onclick: ask }, say("page-forget")));
  rest();
  return box;
}
