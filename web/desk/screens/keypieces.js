// The pieces of a key that a volunteer sees: its words, its public part, its recovery file.

import { busy, fill, h, icon, save } from "../lib/dom.js";
import { announce, complain } from "../lib/frame.js";
import { say } from "../lib/say.js";
import { fingerprint } from "../lib/words.js";

/** A button that copies a text, and says so. */
export function copyButton(text, label) {
  const button = h("button", { type: "button", class: "second" }, label);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      fill(button, icon("check"), say("page-copied"));
      announce(say("page-copied"));
    } catch (fault) {
      complain({ code: "cannot_copy", fault });
    }
  });
  return button;
}

/** The words of a key, numbered, to be read aloud. */
export function wordList(words) {
  return h(
    "ol",
    { class: "words", translate: "no", lang: "fr" },
    words.map((word) => h("li", {}, word)),
  );
}

/** The public part of a device's keys as the directory lists it, and the words of both, for the operator. */
export async function publicKey(device, { open = false } = {}) {
  const words = await fingerprint(device.enrolment);
  return h(
    "section",
    { class: "part" },
    h("h2", {}, say("page-key-words-title")),
    h("p", {}, say("page-key-words-text")),
    wordList(words),
    h(
      "details",
      { open },
      h("summary", {}, say("page-key-public")),
      h("p", { class: "hint" }, say("page-key-public-text")),
      h("p", { class: "code", translate: "no", dir: "ltr" }, device.entry),
      copyButton(device.entry, say("page-copy")),
    ),
  );
}

/** The recovery file, to be saved or copied; `onkept` hears that it was. */
export function recovery(locked, onkept) {
  const done = h("p", { class: "good", hidden: true }, icon("check"), say("page-recovery-saved"));
  const kept = () => {
    done.hidden = false;
    onkept?.();
  };
  const saveButton = h(
    "button",
    {
      type: "button",
      class: "first",
      onclick: () => {
        save("relais-recovery.age", locked, "text/plain");
        kept();
      },
    },
    icon("file"),
    say("page-recovery-save"),
  );
  const copy = copyButton(locked, say("page-recovery-copy"));
  copy.addEventListener("click", kept);
  return h(
    "section",
    { class: "part" },
    h("h2", {}, say("page-recovery-title")),
    h("p", {}, say("page-recovery-text")),
    h("div", { class: "row" }, saveButton, copy),
    done,
  );
}

/** Runs a form: the submit button is busy meanwhile. */
export function onSubmit(form, button, action, onfault) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(button, action, onfault);
  });
}
