// The devices of one's own association: whose words are whose, ending their sessions, taking one out.

import { busy, fill, h, icon } from "../lib/dom.js";
import { enrolmentOf } from "../lib/device.js";
import { complain, toast } from "../lib/frame.js";
import { moment } from "../lib/clock.js";
import { say } from "../lib/say.js";
import { fingerprint } from "../lib/words.js";

export function devices(desk, ways) {
  const box = h("section", { class: "part devices" });
  const draw = async () => {
    const rows = await Promise.all(desk.own.recipients.map((recipient) => row(desk, recipient, ways, draw)));
    fill(
      box,
      h("h3", {}, say("page-devices")),
      h("p", { class: "hint" }, say("page-devices-text")),
      h("ul", { class: "rows" }, rows),
    );
  };
  draw()
    .then(() => desk.learnRemovals())
    .then(draw)
    .catch(complain);
  return box;
}

async function row(desk, recipient, ways, draw) {
  const device = desk.list.device(desk.association, recipient);
  const removed = desk.removals.of(desk.association, recipient);
  const mine = recipient === desk.key.recipient;
  const leads = desk.list.device(desk.association, desk.key.recipient)?.coordinator === true;
  const words = await fingerprint(enrolmentOf(recipient, device?.signing));
  const actions = h("div", { class: "row" });
  const tags = [
    mine && say("page-device-this"),
    device?.coordinator && say("page-device-coordinator"),
    !device && say("page-device-unsigned"),
    removed && say("page-device-removed", { time: moment(removed.at) }),
  ].filter(Boolean);
  const rest = () =>
    fill(actions, (mine || leads) && signOut(desk, recipient, mine, ways), leads && !mine && remove());
  const remove = () =>
    h("button", { type: "button", class: "plain", onclick: ask }, icon("close"), say("page-device-remove"));
  const ask = () => {
    fill(actions, confirm(desk, recipient, draw, rest));
    actions.querySelector("h4").focus();
  };
  if (!removed) rest();
  return h(
    "li",
    { class: `device ${removed ? "device-removed" : ""}` },
    h("p", { class: "device-words", lang: "fr", dir: "ltr" }, words.join(" ")),
    tags.length > 0 &&
      h(
        "p",
        { class: "tags" },
        tags.map((tag) => h("span", { class: "tag" }, tag)),
      ),
    actions,
  );
}

/** Ends all sessions of a device; where it is this one, the desk locks. */
function signOut(desk, recipient, mine, ways) {
  const button = h(
    "button",
    {
      type: "button",
      class: "second",
      onclick: () =>
        busy(
          button,
          async () => {
            await desk.signOutDevice(recipient);
            if (mine) ways.lock();
            else toast(say("page-device-signed-out"));
          },
          complain,
        ),
    },
    say(mine ? "page-device-sign-out-all" : "page-device-sign-out"),
  );
  return button;
}

/** Says plainly what happens before a device is taken out. */
function confirm(desk, recipient, draw, rest) {
  const yes = h(
    "button",
    {
      type: "button",
      class: "danger",
      onclick: () =>
        busy(
          yes,
          async () => {
            await desk.removeDevice(recipient);
            toast(say("page-device-removed-done"));
            await draw();
          },
          complain,
        ),
    },
    say("page-device-remove-yes"),
  );
  return h(
    "div",
    { class: "stack" },
    h("h4", { tabindex: "-1" }, say("page-device-remove-title")),
    h(
      "ul",
      { class: "plainlist" },
      ["page-device-remove-1", "page-device-remove-2", "page-device-remove-3"].map((key) =>
        h("li", {}, icon("warn"), say(key)),
      ),
    ),
    h("p", { class: "warn" }, icon("warn"), say("page-final")),
    h(
      "div",
      { class: "row" },
      yes,
      h("button", { type: "button", class: "second", onclick: rest }, say("page-cancel")),
    ),
  );
}
