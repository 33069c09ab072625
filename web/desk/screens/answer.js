// Answering in the person's language: a phrase, its blanks, and exactly what the person will see.

import { busy, field, fill, h, icon } from "../lib/dom.js";
import { announce, complain, focusPanel, wordsFor } from "../lib/frame.js";
import { moment } from "../lib/clock.js";
import { fold, phrases, render } from "../lib/phrases.js";
import { directionOf, languageName, say, spoken } from "../lib/say.js";
import { canAnswer, reachDiffers } from "../lib/person.js";
import { picturesOf } from "../lib/sign.js";
import { copyButton } from "./keypieces.js";
import { BLANK, slotField } from "./slots.js";

/** What the server says where the person can be written to no more. */
const NO_MORE = ["no_messages", "stopped"];

export function answerPanel(context) {
  const box = h("div", { class: "answer" });
  const answer = new Answer(box, context);
  answer.choose();
  return box;
}

class Answer {
  constructor(box, { handoff, person, desk, done, again, follow, cancel }) {
    Object.assign(this, { box, handoff, desk, done, again, cancel, person });
    this.locale = person.locale;
    this.language = languageName(this.locale);
    this.news = h("p", { class: "warn", role: "status", hidden: true });
    this.when = h("p", { class: "hint" });
    /** Returns what was written so far. */
    this.written = () => "";
    this.over = false;
    follow((now) => this.renew(now));
  }

  draw(...content) {
    // What could not be sent meanwhile says so in place of it.
    if (this.over) return;
    fill(this.box, [this.news, content]);
    focusPanel(this.box);
  }

  /** What came in while the panel was open: what is sent goes by it, and so does what is shown. */
  renew(person) {
    if (!person || this.over) return;
    const differs = reachDiffers(this.person, person);
    this.person = person;
    if (!differs) return;
    if (!canAnswer(person)) return this.end(person.stopped ? "stopped" : "no_messages");
    this.remind();
    this.news.hidden = false;
    fill(this.news, icon("warn"), say("page-reach-changed", { safe: this.safe }));
  }

  get safe() {
    return say(`page-contact-${this.person.contact?.window ?? "any"}`);
  }

  remind() {
    fill(this.when, say("page-answer-when", { language: this.language, safe: this.safe }));
  }

  /** There are no messages any more: nothing can be sent from here, and what was written can be taken along. */
  end(code) {
    const text = this.written();
    this.over = true;
    const words = wordsFor({ code });
    if (!text) {
      this.cancel();
      return complain({ code });
    }
    const kept = field(say("page-kept-text"), h("textarea", { rows: 4, readonly: true, lang: "fr" }));
    kept.control.value = text;
    fill(
      this.box,
      h("h3", {}, say("page-kept-title")),
      h("p", { class: "fault", role: "alert" }, words),
      kept,
      h(
        "div",
        { class: "row row-end" },
        copyButton(text, say("page-copy")),
        h("button", { type: "button", class: "second", onclick: this.cancel }, say("page-ok")),
      ),
    );
    focusPanel(this.box);
  }

  async choose() {
    this.written = () => "";
    this.remind();
    const groups = await phrases();
    const results = h("div", { class: "phrases" });
    const drawList = (wanted) => {
      const needle = fold(wanted.trim());
      const found = groups
        .map(({ group, phrases: all }) => ({
          group,
          all: all.filter((one) => fold(one.sample).includes(needle)),
        }))
        .filter(({ all }) => all.length > 0);
      fill(
        results,
        found.length === 0
          ? h("p", { class: "empty" }, say("page-no-phrase"))
          : found.map(({ group, all }) => this.group(group, all, needle)),
      );
    };
    const search = field(
      say("page-search-phrase"),
      h("input", {
        type: "search",
        name: "search",
        oninput: () => drawList(search.control.value),
      }),
    );
    drawList("");
    this.draw(
      h("h3", {}, say("page-answer-title", { language: this.language })),
      this.when,
      search,
      results,
      h(
        "div",
        { class: "row row-end" },
        h(
          "button",
          { type: "button", class: "second", onclick: () => this.write() },
          icon("note"),
          say("page-own-text"),
        ),
        h("button", { type: "button", class: "second", onclick: this.cancel }, say("page-cancel")),
      ),
    );
  }

  group(group, all, needle) {
    return h(
      "details",
      { class: "group", open: needle !== "" || group === "first" },
      h("summary", {}, say(`page-group-${group}`), h("span", { class: "count" }, String(all.length))),
      h(
        "ul",
        { class: "rows rows-choose" },
        all.map((one) =>
          h(
            "li",
            {},
            h("button", { type: "button", class: "choose", onclick: () => this.compose(one) }, one.sample),
          ),
        ),
      ),
    );
  }

  /** One phrase: its blanks on top, then the preview that follows them. */
  async compose({ key, slots }) {
    const values = {};
    let meaning = "";
    this.written = () => meaning;
    const send = h(
      "button",
      { type: "button", class: "first" },
      icon("send"),
      say("page-send-in", { language: this.language }),
    );
    const preview = h("div", { class: "preview-box" });
    const update = async () => {
      const ready = slots.every((slot) => values[slot]);
      send.disabled = !ready;
      const shown = { ...Object.fromEntries(slots.map((slot) => [slot, BLANK[slot]])), ...values };
      const [theirs, ours] = await Promise.all([
        render(this.locale, key, shown),
        render(spoken(), key, shown),
      ]);
      meaning = ours ?? "";
      fill(
        preview,
        theirs === null
          ? h("p", { class: "warn" }, icon("warn"), say("page-phrase-not-in", { language: this.language }))
          : this.preview(theirs, ours, ready),
      );
      if (theirs === null) send.disabled = true;
    };
    const fields = slots.map((slot) =>
      slotField(slot, (value) => {
        values[slot] = value;
        update();
      }),
    );
    const problem = h("p", { class: "fault", role: "alert", hidden: true });
    send.addEventListener("click", () => this.send(send, problem, { phrase: key, args: values }));
    await update();
    this.draw(
      this.back(),
      h("h3", {}, say("page-preview-title")),
      fields,
      preview,
      problem,
      h(
        "div",
        { class: "row row-end" },
        send,
        h("button", { type: "button", class: "second", onclick: this.cancel }, say("page-cancel")),
      ),
    );
  }

  back() {
    return h(
      "button",
      { type: "button", class: "plain back", onclick: () => this.choose() },
      icon("back"),
      say("page-other-phrase"),
    );
  }

  /** The message as the person's phone shows it, and what it says in the volunteer's language. */
  preview(theirs, ours, ready = true) {
    return h(
      "figure",
      { class: `preview ${ready ? "" : "preview-blank"}` },
      h("figcaption", {}, say("page-preview-caption")),
      h(
        "div",
        { class: "bubble", lang: this.locale, dir: directionOf(this.locale) },
        h("p", { class: "bubble-text" }, theirs),
        h("p", { class: "bubble-sign", dir: "ltr" }, picturesOf(this.handoff).join("")),
      ),
      ours &&
        this.locale !== spoken() &&
        h("p", { class: "meaning" }, h("span", { class: "label" }, languageName(spoken())), ours),
    );
  }

  write() {
    const preview = h("div", { class: "preview-box" });
    const draw = () => {
      const value = text.control.value.trim();
      fill(
        preview,
        value &&
          h(
            "figure",
            { class: "preview" },
            h("figcaption", {}, say("page-preview-caption")),
            h(
              "div",
              { class: "bubble", lang: "fr", dir: "auto" },
              h("p", { class: "bubble-text" }, value),
              h("p", { class: "bubble-sign", dir: "ltr" }, picturesOf(this.handoff).join("")),
            ),
          ),
      );
      send.disabled = !value;
    };
    const text = field(
      say("page-own-text-label"),
      h("textarea", { name: "text", rows: 4, maxlength: this.desk.limits.text, lang: "fr", oninput: () => draw() }),
      say("page-own-text-hint"),
    );
    this.written = () => text.control.value.trim();
    const send = h(
      "button",
      { type: "button", class: "first", disabled: true },
      icon("send"),
      say("page-send-untranslated"),
    );
    const problem = h("p", { class: "fault", role: "alert", hidden: true });
    send.addEventListener("click", () => this.send(send, problem, { text: text.control.value.trim() }));
    const foreign = this.locale.split("-")[0] !== "fr";
    this.draw(
      this.back(),
      h("h3", {}, say("page-own-text-title")),
      foreign &&
        h("p", { class: "warn" }, icon("warn"), say("page-own-text-warning", { language: this.language })),
      text,
      preview,
      problem,
      h(
        "div",
        { class: "row row-end" },
        send,
        h("button", { type: "button", class: "second", onclick: this.cancel }, say("page-cancel")),
      ),
    );
  }

  send(button, problem, said) {
    busy(
      button,
      async () => {
        problem.hidden = true;
        const answer = await this.desk.reply(this.handoff, said);
        await this.done(
          answer.notBefore ? say("page-sent-later", { time: moment(answer.notBefore) }) : say("page-sent"),
        );
      },
      (fault) => this.refused(fault, problem),
    );
  }

  /** Says why nothing was sent; where that is how the person is reached, after a new look. */
  async refused(fault, problem) {
    if (fault.code === "reach_changed" || NO_MORE.includes(fault.code)) await this.again();
    if (this.over) return;
    if (NO_MORE.includes(fault.code)) return this.end(fault.code);
    problem.hidden = false;
    fill(problem, wordsFor(fault));
    announce(wordsFor(fault));
  }
}
