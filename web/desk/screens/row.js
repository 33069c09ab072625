// One row of the list: the sign, the age, the time left; that it repeats, once opened. Nothing else, for whoever
// looks over the shoulder.

import { ago, timeLeft } from "../lib/clock.js";
import { h } from "../lib/dom.js";
import { standing } from "../lib/facts.js";
import { say } from "../lib/say.js";
import { picturesOf } from "../lib/sign.js";

export function row(request, { repeated, current, open }) {
  const left = request.pile === "new" ? timeLeft(request.main.respond_by) : null;
  return h(
    "button",
    {
      type: "button",
      class: `row-button ${request.unread > 0 ? "unread" : ""}`,
      "data-handoff": request.handoff,
      "aria-current": current ? "true" : null,
      onclick: open,
    },
    h("span", { class: "sign" }, picturesOf(request.handoff).join(" ")),
    h(
      "span",
      { class: "row-text" },
      h(
        "span",
        { class: "row-top" },
        h("span", { class: "row-age" }, ago(request.main.received)),
        h(
          "span",
          { class: "row-marks" },
          repeated && repeatMark(repeated),
          request.unread > 0 && h("span", { class: "new-mark" }, say("page-new-mark")),
        ),
      ),
      h(
        "span",
        { class: `row-state ${left ? `press press-${left.press}` : ""}` },
        left ? left.words : standing(request),
      ),
    ),
  );
}

function repeatMark(number) {
  return h(
    "span",
    { class: "repeat-mark" },
    h("span", { "aria-hidden": "true" }, `↻ ${number}`),
    h("span", { class: "unseen" }, say("reason-repeated", { number })),
  );
}
