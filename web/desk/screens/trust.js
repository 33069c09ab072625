// Whom to trust: twelve words from the operator's paper, before this device signs in for the first time.

import { busy, field, fill, h, icon } from "../lib/dom.js";
import { announce, atTop, handedWords, wordsFor } from "../lib/frame.js";
import { say } from "../lib/say.js";
import { FINGERPRINT_WORDS } from "../lib/trust.js";
import { readWords } from "../lib/words.js";
import { onSubmit } from "./keypieces.js";
import { mark } from "./welcome.js";

export function trust(desk, ways) {
  const words = field(
    say("page-trust-words"),
    h("textarea", {
      name: "words",
      rows: 3,
      autocapitalize: "none",
      lang: "fr",
      dir: "ltr",
      value: handedWords(),
    }),
    say("page-trust-words-hint"),
  );
  const check = h("button", { type: "submit", class: "first" }, say("page-trust-check"));
  const form = h("form", { novalidate: true }, words, check);
  const problem = h("p", { class: "fault", role: "alert", hidden: true });
  const complain = (fault) => {
    problem.hidden = false;
    fill(problem, wordsFor(fault));
  };
  const enter = h(
    "button",
    {
      type: "button",
      class: "first",
      onclick: () => {
        problem.hidden = true;
        return busy(enter, ways.open, complain);
      },
    },
    say("page-enter"),
  );
  const card = h("div", { class: "card card-first" });

  onSubmit(
    form,
    check,
    async () => {
      problem.hidden = true;
      const given = await readWords(words.control.value);
      const missing = faultIn(given);
      words.say(missing);
      if (!missing) checked(await desk.trustWords(given.words));
    },
    (fault) => (fault.code === "wrong_words" ? words.say(wordsFor(fault)) : complain(fault)),
  );

  /** Says in one line what was checked; the next tap signs in. */
  const checked = ({ service, threshold, signers }) => {
    const line = say("page-trust-checked", { service: unbroken(service), threshold, signers: signers.length });
    fill(
      card,
      mark(),
      h("h1", {}, say("page-trust-done")),
      h("p", { class: "good" }, icon("check"), h("span", {}, line)),
      problem,
      enter,
    );
    announce(line);
    enter.focus();
  };

  atTop();
  fill(
    card,
    mark(),
    h("h1", {}, say("page-trust-title")),
    h("p", {}, say("page-trust-text")),
    form,
    problem,
    h("p", { class: "hint" }, say("page-trust-why")),
  );
  return card;
}

/** A name with hyphens stays on one line. */
const unbroken = (name) => name.replaceAll("-", "\u2011");

/** What is wrong with the words as they stand, before anybody is asked about them. */
function faultIn({ words, strange }) {
  if (words.length === 0) return say("page-trust-words-missing");
  if (strange.length > 0) return say("page-trust-words-strange", { word: strange[0].slice(0, 20) });
  if (words.length === FINGERPRINT_WORDS) return null;
  return say("page-trust-words-count", { n: words.length });
}
