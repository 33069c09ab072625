// Answering in the person's language: a phrase, its blanks, and exactly what the person will see.

import { add, busy, field, fill, fresh, h, icon } from "../lib/dom.js";
import { announce, focusPanel, wordsFor } from "../lib/frame.js";
import { moment, now } from "../lib/clock.js";
import { DAYS, SPOTS, fold, phrases, readPhone, render } from "../lib/phrases.js";
import { directionOf, formats, languageName, say, spoken } from "../lib/say.js";
import { picturesOf } from "../lib/sign.js";

const MINUTES = ["00", "15", "30", "45"];

export function answerPanel(context) {
  const box = h("div", { class: "answer" });
  const answer = new Answer(box, context);
  answer.choose();
  return box;
}

class Answer {
  constructor(box, { handoff, person, desk, done, cancel }) {
    Object.assign(this, { box, handoff, desk, done, cancel, record: person });
    this.locale = person.locale;
    this.language = languageName(this.locale);
  }

  draw(...content) {
    fill(this.box, content);
    focusPanel(this.box);
  }

  reminder() {
    const safe = say(`page-contact-${this.record.contact?.window ?? "any"}`);
    return h("p", { class: "hint" }, say("page-answer-when", { language: this.language, safe }));
  }

  async choose() {
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
      this.reminder(),
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
      (fault) => {
        problem.hidden = false;
        fill(problem, wordsFor(fault));
        announce(wordsFor(fault));
      },
    );
  }
}

const BLANK = { day: "monday", time: "··:··", phone: "+·· ·", place: "office" };

function select(label, options, onchange) {
  const control = h(
    "select",
    { onchange: () => onchange(control.value) },
    h("option", { value: "" }, say("page-choose")),
    options.map(([value, text]) => h("option", { value }, text)),
  );
  return field(label, control);
}

function slotField(slot, onvalue) {
  switch (slot) {
    case "day":
      return select(say("page-slot-day"), nextDays(), onvalue);
    case "place":
      return select(
        say("page-slot-place"),
        SPOTS.map((spot) => [spot, say(`page-spot-${spot.replaceAll("_", "-")}`)]),
        onvalue,
      );
    case "time":
      return timeField(onvalue);
    default: {
      const phone = field(
        say("page-slot-phone"),
        h("input", {
          type: "tel",
          oninput: () => onvalue(readPhone(phone.control.value)),
          onchange: () => phone.say(readPhone(phone.control.value) ? null : say("page-phone-wrong")),
        }),
        say("page-slot-phone-hint"),
      );
      return phone;
    }
  }
}

/** The coming seven days: the person gets the day's name, the volunteer also sees the date. */
function nextDays() {
  return [0, 1, 2, 3, 4, 5, 6].map((ahead) => {
    const date = new Date(now() + ahead * 86_400_000);
    const label = new Intl.DateTimeFormat(formats(), {
      weekday: "long",
      day: "numeric",
      month: "long",
    }).format(date);
    return [DAYS[(date.getDay() + 6) % 7], ahead === 0 ? say("page-today", { day: label }) : label];
  });
}

function timeField(onvalue) {
  const [hourId, minuteId] = [fresh("hour"), fresh("minute")];
  const tell = () => onvalue(hour.value ? `${hour.value}:${minute.value}` : null);
  const hour = h(
    "select",
    { id: hourId, onchange: tell },
    h("option", { value: "" }, say("page-choose")),
    [...Array(24).keys()].map((n) => String(n).padStart(2, "0")).map((n) => h("option", { value: n }, n)),
  );
  const minute = h(
    "select",
    { id: minuteId, onchange: tell },
    MINUTES.map((n) => h("option", { value: n }, n)),
  );
  return add(h("div", { class: "field-pair" }), [
    h("div", { class: "field" }, h("label", { for: hourId }, say("page-slot-hour")), hour),
    h("div", { class: "field" }, h("label", { for: minuteId }, say("page-slot-minute")), minute),
  ]);
}
