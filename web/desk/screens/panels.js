// What a volunteer can do with a request, one panel each. What cannot be undone says so beside its button.

import { add, choices, field, h, icon } from "../lib/dom.js";
import { wordsFor } from "../lib/frame.js";
import { say } from "../lib/say.js";
import { onSubmit } from "./keypieces.js";

const REASONS = ["full", "not_our_field", "language", "conflict", "other"];
const OUTCOMES = ["helped", "referred", "no_contact", "not_concerned", "other"];
const LONGEST_NOTE = 2_000;

/** A panel: title, content, a button that acts and one that goes back. */
export function panelForm({ title, text, content, action, look = "first", act, cancel, oncheck }) {
  const problem = h("p", { class: "fault", role: "alert", hidden: true });
  const complain = (words) => {
    problem.hidden = !words;
    problem.textContent = words ?? "";
  };
  const button = h("button", { type: "submit", class: look }, action);
  const form = h(
    "form",
    { novalidate: true },
    h("h3", {}, title),
    text && h("p", {}, text),
    content,
    problem,
    h(
      "div",
      { class: "row row-end" },
      button,
      h("button", { type: "button", class: "second", onclick: cancel }, say("page-cancel")),
    ),
  );
  onSubmit(
    form,
    button,
    async () => {
      const missing = oncheck?.();
      complain(missing);
      if (!missing) await act();
    },
    (fault) => complain(wordsFor(fault)),
  );
  return form;
}

const final = (key) => h("p", { class: "warn" }, icon("warn"), say(key));

export function declinePanel({ desk, handoff, done, cancel }) {
  let reason = null;
  return panelForm({
    title: say("page-decline-title"),
    text: say("page-decline-text"),
    content: [
      choices(
        say("page-decline-why"),
        "reason",
        REASONS.map((one) => [one, say(`page-reason-${one.replaceAll("_", "-")}`)]),
        (value) => {
          reason = value;
        },
      ),
      final("page-final"),
    ],
    action: say("page-decline-act"),
    cancel,
    oncheck: () => (reason ? null : say("page-choose-one")),
    act: async () => {
      await desk.decline(handoff, reason);
      await done(say("page-declined"), "done");
    },
  });
}

export function closePanel({ desk, handoff, done, cancel }) {
  let outcome = null;
  return panelForm({
    title: say("page-close-title"),
    text: say("page-close-text"),
    content: [
      choices(
        say("page-close-how"),
        "outcome",
        OUTCOMES.map((one) => [one, say(`page-outcome-${one.replaceAll("_", "-")}`)]),
        (value) => {
          outcome = value;
        },
      ),
      final("page-final"),
    ],
    action: say("page-close-act"),
    cancel,
    oncheck: () => (outcome ? null : say("page-choose-one")),
    act: async () => {
      await desk.finish(handoff, outcome);
      await done(say("page-closed"), "done");
    },
  });
}

export function notePanel({ desk, handoff, done, cancel }) {
  const text = field(
    say("page-note-label"),
    h("textarea", { name: "note", rows: 4, maxlength: LONGEST_NOTE, required: true }),
    say("page-note-hint"),
  );
  return panelForm({
    title: say("page-note-title"),
    content: text,
    action: say("page-note-act"),
    cancel,
    oncheck: () => (text.control.value.trim() ? null : say("page-write-something")),
    act: async () => {
      await desk.note(handoff, text.control.value.trim());
      await done(say("page-noted"));
    },
  });
}

/** A label and text that stands beside it, for choices among associations. */
export const tags = (texts) =>
  add(
    h("span", { class: "tags" }),
    texts.map((text) => h("span", { class: "tag" }, text)),
  );
