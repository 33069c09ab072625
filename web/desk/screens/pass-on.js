// Passing a request on: the associations that fit first, then one look at what will happen.

import { enrolmentOf } from "../lib/device.js";
import { field, fill, h, icon } from "../lib/dom.js";
import { focusPanel } from "../lib/frame.js";
import { languageName, say } from "../lib/say.js";
import { fold } from "../lib/phrases.js";
import { fingerprint } from "../lib/words.js";
import { DEPARTMENTS } from "../lib/departments.js";
import { wordList } from "./keypieces.js";
import { panelForm, tags } from "./panels.js";

const LONGEST_NOTE = 500;

export function passOnPanel(context) {
  const { desk, person, request, cancel } = context;
  const box = h("div", {});
  const fits = desk.others(person, request.main.refused_by);
  const list = h("ul", { class: "rows rows-choose" });
  const draw = (wanted) => {
    const found = fits.filter(({ one }) =>
      fold(`${one.name} ${one.department ?? ""}`).includes(fold(wanted)),
    );
    fill(
      list,
      found.length === 0
        ? h("li", { class: "empty" }, say("page-nobody-found"))
        : found.map((fit) =>
            h(
              "li",
              {},
              choice(fit, person, () => confirm(box, context, fit, back)),
            ),
          ),
    );
  };
  const search = field(
    say("page-search-association"),
    h("input", {
      type: "search",
      name: "search",
      oninput: () => draw(search.control.value),
    }),
  );
  const back = () => {
    draw(search.control.value);
    fill(
      box,
      h("h3", {}, say("page-pass-on-title")),
      h("p", {}, say("page-pass-on-text")),
      search,
      list,
      h(
        "div",
        { class: "row row-end" },
        h("button", { type: "button", class: "second", onclick: cancel }, say("page-cancel")),
      ),
    );
    focusPanel(box);
  };
  back();
  return box;
}

function choice({ one, situation, language, near, named, refused }, record, onchoose) {
  const where = one.department ? `${DEPARTMENTS[one.department] ?? ""} (${one.department})` : one.country;
  return h(
    "button",
    { type: "button", class: "choose", disabled: !one.routable || refused, onclick: onchoose },
    h("span", { class: "choose-name" }, one.name),
    h("span", { class: "choose-where" }, where),
    tags(
      [
        named && say("page-fits-next"),
        one.role === "national_team" && say("reason-national-team"),
        situation && say("reason-serves-situation"),
        language && say("reason-speaks", { language: languageName(record.locale) }),
        near && say("reason-same-department"),
        one.full && say("page-has-enough"),
        refused ? say("page-said-no") : !one.routable && say("page-cannot-receive"),
      ].filter(Boolean),
    ),
  );
}

function confirm(box, { desk, handoff, opened, person, done }, { one, language }, back) {
  const note = field(
    say("page-pass-on-note"),
    h("textarea", { name: "note", rows: 3, maxlength: LONGEST_NOTE }),
    say("page-pass-on-note-hint"),
  );
  const words = h("details", { class: "quiet" }, h("summary", {}, say("page-pass-on-keys")));
  words.addEventListener("toggle", async () => {
    if (!words.open || words.dataset.filled) return;
    words.dataset.filled = "yes";
    words.append(h("p", { class: "hint" }, say("page-pass-on-keys-text")));
    for (const recipient of one.recipients) {
      const device = desk.list.device(one.id, recipient);
      words.append(wordList(await fingerprint(enrolmentOf(recipient, device?.signing))));
    }
  });
  fill(
    box,
    panelForm({
      title: say("page-pass-on-confirm", { name: one.name }),
      text: say("page-pass-on-happens", { name: one.name }),
      content: [
        !language &&
          h(
            "p",
            { class: "warn" },
            icon("warn"),
            say("reason-speaks-not", { language: languageName(person.locale) }),
          ),
        note,
        words,
        h("p", { class: "warn" }, icon("warn"), say("page-final")),
      ],
      action: say("page-pass-on-act"),
      cancel: back,
      act: async () => {
        await desk.passOn(handoff, opened, one.id, note.control.value.trim());
        await done(say("page-passed-on-done", { name: one.name }), "done");
      },
    }),
  );
  focusPanel(box);
}
