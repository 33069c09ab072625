// The first minutes on a device: language, association, a key with its passphrase, or one that exists.

import { Desk } from "../lib/desk.js";
import { Device } from "../lib/device.js";
import { isArmor, newIdentity, recipientOf } from "../lib/age.js";
import { add, field, fill, h, icon } from "../lib/dom.js";
import { focusTitle, show, wordsFor } from "../lib/frame.js";
import { say, speak } from "../lib/say.js";
import { keep, lockWith, readKeyFile, unlockWith } from "../lib/vault.js";
import { passphrase as drawPassphrase } from "../lib/words.js";
import { onSubmit, publicKey, recovery } from "./keypieces.js";

const SLUG = /^[a-z0-9-]{2,48}$/;
const SHORTEST = 12;

/** The mark of the page. */
export const mark = () => h("p", { class: "mark", "aria-hidden": "true" }, "Relais");

export function languageButtons(current, onchoose) {
  const one = (tag, name) =>
    h(
      "button",
      {
        type: "button",
        class: "second",
        lang: tag,
        "aria-pressed": String(tag === current),
        onclick: () => onchoose(tag),
      },
      name,
    );
  return h(
    "div",
    { class: "row", role: "group", "aria-label": "Langue · Language" },
    one("fr", "Français"),
    one("en", "English"),
  );
}

export function welcome(profile, ways) {
  const card = h("div", { class: "card card-first" });
  const go = (step) => {
    fill(card, step);
    focusTitle(card);
    window.scrollTo(0, 0);
  };
  const choose = async (tag) => {
    profile.language = tag;
    await speak(tag);
    show(welcome(profile, ways));
  };
  const next = (key) => go(association(key));

  const start = () => [
    mark(),
    h("h1", {}, say("page-welcome-title")),
    h("p", {}, say("page-welcome-text")),
    h(
      "ul",
      { class: "plainlist" },
      ["page-welcome-1", "page-welcome-2", "page-welcome-3"].map((key) =>
        h("li", {}, icon("check"), say(key)),
      ),
    ),
    h(
      "div",
      { class: "stack" },
      h("button", { type: "button", class: "first", onclick: () => next(null) }, say("page-welcome-new")),
      h(
        "button",
        { type: "button", class: "second", onclick: () => go(importing()) },
        say("page-welcome-import"),
      ),
    ),
    h("hr"),
    languageButtons(profile.language, choose),
  ];

  const back = (step) =>
    h(
      "button",
      { type: "button", class: "plain back", onclick: () => go(step()) },
      icon("back"),
      say("page-back"),
    );

  function association(known) {
    const id = field(
      say("page-association"),
      h("input", {
        type: "text",
        name: "association",
        autocapitalize: "none",
        required: true,
        maxlength: 48,
        value: known?.association ?? "",
      }),
      say("page-association-hint"),
    );
    const name = field(
      say("page-pseudonym"),
      h("input", {
        type: "text",
        name: "pseudonym",
        required: true,
        maxlength: 24,
        value: known?.pseudonym ?? "",
      }),
      say("page-pseudonym-hint"),
    );
    const button = h("button", { type: "submit", class: "first" }, say("page-next"));
    const form = h("form", { novalidate: true }, id, name, button);
    onSubmit(
      form,
      button,
      async () => {
        const slug = id.control.value.trim().toLowerCase();
        const pseudonym = name.control.value.trim();
        name.say(pseudonym ? null : say("page-pseudonym-missing"));
        id.say(SLUG.test(slug) ? null : say("page-association-wrong"));
        if (!pseudonym || !SLUG.test(slug)) return;
        go(await passphrases({ ...known, association: slug, pseudonym }));
      },
      (fault) => id.say(wordsFor(fault)),
    );
    return [back(start), h("h1", {}, say("page-association-title")), form];
  }

  async function passphrases(known) {
    const options = {
      type: "password",
      required: true,
      autocapitalize: "none",
    };
    const first = field(
      say("page-passphrase"),
      h("input", { ...options, name: "passphrase" }),
      say("page-passphrase-hint"),
    );
    const second = field(say("page-passphrase-again"), h("input", { ...options, name: "again" }));
    const visible = h("input", {
      type: "checkbox",
      id: "visible",
      onchange: () => {
        for (const one of [first, second]) one.control.type = visible.checked ? "text" : "password";
      },
    });
    const proposal = h("p", { class: "proposal", translate: "no", lang: "fr" }, await drawPassphrase());
    const suggest = h(
      "div",
      { class: "part" },
      h("p", {}, say("page-passphrase-proposal")),
      proposal,
      h(
        "div",
        { class: "row" },
        h(
          "button",
          {
            type: "button",
            class: "second",
            onclick: () => {
              for (const one of [first, second]) one.control.value = proposal.textContent;
              visible.checked = true;
              visible.dispatchEvent(new Event("change"));
            },
          },
          say("page-passphrase-take"),
        ),
        h(
          "button",
          { type: "button", class: "plain", onclick: async () => fill(proposal, await drawPassphrase()) },
          say("page-passphrase-other"),
        ),
      ),
    );
    const button = h("button", { type: "submit", class: "first" }, say("page-keys-make"));
    const form = h(
      "form",
      { novalidate: true },
      suggest,
      first,
      second,
      h("label", { class: "choice", for: "visible" }, visible, h("span", {}, say("page-passphrase-show"))),
      button,
    );
    onSubmit(
      form,
      button,
      async () => {
        const chosen = first.control.value.trim();
        const again = second.control.value.trim();
        second.say(again === chosen ? null : say("page-passphrase-differs"));
        first.say(chosen.length >= SHORTEST ? null : say("page-passphrase-short", { n: SHORTEST }));
        if (chosen.length < SHORTEST || again !== chosen) return;
        const identity = known.identity ?? (await newIdentity());
        const key = { ...known, identity, recipient: await recipientOf(identity) };
        await settle(key, await lockWith(chosen, key), Boolean(known.identity));
      },
      (fault) => first.say(wordsFor(fault)),
    );
    return [
      back(() => association(known)),
      h("h1", {}, say("page-passphrase-title")),
      h("p", {}, say("page-passphrase-text")),
      form,
    ];
  }

  async function settle(key, locked, imported) {
    Object.assign(profile, { locked, passkey: null, memory: null });
    const kept = await keep(profile);
    const proceed = h(
      "button",
      { type: "button", class: "first", onclick: () => enter(key, proceed) },
      say("page-enter"),
    );
    const problem = h("p", { class: "fault", role: "alert", hidden: true });
    const step = [
      h("h1", {}, say(imported ? "page-keys-imported" : "page-keys-made")),
      !kept && h("p", { class: "warn" }, icon("warn"), say("page-not-kept")),
      recovery(locked),
      await publicKey(new Device(key), { open: true }),
      h("p", {}, say("page-keys-then")),
      problem,
      proceed,
    ];
    proceed.problem = problem;
    go(step);
  }

  async function enter(key, button) {
    button.disabled = true;
    button.problem.hidden = true;
    try {
      await ways.enter(new Desk(profile, key));
    } catch (fault) {
      fill(button.problem, wordsFor(fault));
      button.problem.hidden = false;
    } finally {
      button.disabled = false;
    }
  }

  function importing() {
    const text = field(
      say("page-import-paste"),
      h("textarea", {
        name: "identity",
        rows: 4,
        autocapitalize: "none",
      }),
      say("page-import-hint"),
    );
    const file = field(
      say("page-import-file"),
      h("input", {
        type: "file",
        name: "file",
        accept: ".age,.txt,.key,text/plain",
        onchange: async () => {
          const [chosen] = file.control.files;
          if (!chosen) return;
          if (chosen.size > 64 << 10) file.say(say("page-import-none"));
          else text.control.value = await chosen.text();
          protectedOrNot();
        },
      }),
    );
    const phrase = field(
      say("page-import-passphrase"),
      h("input", {
        type: "password",
        name: "passphrase",
      }),
    );
    phrase.hidden = true;
    const protectedOrNot = () => {
      phrase.hidden = !isArmor(text.control.value);
    };
    text.control.addEventListener("input", protectedOrNot);
    const button = h("button", { type: "submit", class: "first" }, say("page-next"));
    const form = h("form", { novalidate: true }, file, text, phrase, button);
    onSubmit(
      form,
      button,
      async () => {
        const given = text.control.value;
        protectedOrNot();
        text.say(null);
        phrase.say(null);
        if (!isArmor(given)) {
          const key = await readKeyFile(given);
          if (key) next(key);
          else text.say(say("page-import-none"));
          return;
        }
        const chosen = phrase.control.value.trim();
        const key = await unlockWith(chosen, given).catch(() => null);
        if (!key) phrase.say(say("page-passphrase-wrong"));
        else if (SLUG.test(key.association) && key.pseudonym) await settle(key, given.trim(), true);
        else next(key);
      },
      (fault) => text.say(wordsFor(fault)),
    );
    return [back(start), h("h1", {}, say("page-import-title")), h("p", {}, say("page-import-text")), form];
  }

  add(card, start());
  return card;
}
