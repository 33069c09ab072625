// Where everything has stopped: a server that did what an honest one never does, or a memory that does not open.
// Only a person goes on from here, after a call.

import { busy, fill, h, icon } from "../lib/dom.js";
import { atTop, complain } from "../lib/frame.js";
import { moment } from "../lib/clock.js";
import { say, trySay } from "../lib/say.js";
import { keep } from "../lib/vault.js";
import { mark } from "./welcome.js";

/** A tick that somebody has called, without which the buttons under it do nothing. */
function calling(...buttons) {
  const tick = h("input", {
    type: "checkbox",
    id: "called",
    name: "called",
    onchange: () => {
      for (const button of buttons) button.disabled = !tick.checked;
    },
  });
  for (const button of buttons) button.disabled = true;
  return h("label", { class: "choice", for: "called" }, tick, h("span", {}, say("page-stopped-called")));
}

const act = (look, words, action) => {
  const button = h(
    "button",
    { type: "button", class: look, onclick: () => busy(button, action, complain) },
    words,
  );
  return button;
};

/** `stop` is `{ why, at }`; `ways.again` begins again, and asks for the words where it is given `true`. */
export function stopped(stop, ways) {
  const again = act("second", say("page-stopped-again"), () => ways.again(false));
  const anew = act("plain", say("page-stopped-words"), () => ways.again(true));
  const why = trySay(`page-stopped-why-${stop.why}`) ?? say("page-stopped-why-answer");
  atTop();
  return h(
    "div",
    { class: "card card-first stopped" },
    mark(),
    h("h1", {}, say("page-stopped-title")),
    h("p", { class: "alert", role: "alert" }, icon("warn"), h("span", {}, why)),
    h("p", {}, say("page-stopped-text")),
    h("p", {}, say("page-stopped-call")),
    stop.at && h("p", { class: "hint" }, say("page-stopped-at", { time: moment(stop.at) })),
    calling(again, anew),
    h("div", { class: "stack" }, again, anew),
  );
}

/** The memory of this device does not open: it is never taken for an empty one. */
export function brokenMemory(desk, ways) {
  const anew = act("second", say("page-memory-anew"), async () => {
    desk.profile.memory = null;
    await keep(desk.profile);
    await ways.again();
  });
  const card = h("div", { class: "card card-first" });
  atTop();
  fill(
    card,
    mark(),
    h("h1", {}, say("page-memory-title")),
    h("p", { class: "warn" }, icon("warn"), h("span", {}, say("page-memory-text"))),
    h("p", {}, say("page-memory-call")),
    calling(anew),
    h(
      "div",
      { class: "stack" },
      h("button", { type: "button", class: "first", onclick: ways.lock }, icon("lock"), say("page-lock")),
      anew,
    ),
    h("p", { class: "hint" }, say("page-memory-then")),
  );
  return card;
}
