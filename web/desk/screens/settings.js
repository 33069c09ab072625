// The desk's own matters: sound, pause, keys, language, light, leaving this device.

import { busy, choices, field, fill, h, icon } from "../lib/dom.js";
import { complain, toast, wordsFor } from "../lib/frame.js";
import { moment } from "../lib/clock.js";
import { say, speak } from "../lib/say.js";
import { theme } from "../lib/shell.js";
import { keep, lockWithPasskey, passkeysWork } from "../lib/vault.js";
import { fingerprintOf } from "../lib/trust.js";
import { devices } from "./devices.js";
import { publicKey, recovery, wordList } from "./keypieces.js";
import { forgetting } from "./unlock.js";
import { languageButtons } from "./welcome.js";

export function settings(desk, ways) {
  const root = h("article", { class: "request settings" });
  const draw = () =>
    fill(
      root,
      h(
        "header",
        { class: "request-head" },
        h(
          "button",
          { type: "button", class: "plain back", onclick: ways.close },
          icon("back"),
          say("page-back-list"),
        ),
        h("h2", {}, say("page-settings")),
      ),
      h(
        "div",
        { class: "settings-body" },
        sound(ways.bell),
        pause(desk, ways),
        look(desk, redraw),
        self(desk),
        keys(desk),
        devices(desk, ways),
        signingOut(desk, ways),
        device(desk, ways),
      ),
    );
  const redraw = () => {
    ways.changed();
    draw();
  };
  draw();
  return root;
}

const part = (title, ...content) => h("section", { class: "part" }, h("h3", {}, title), content);

function sound(bell) {
  const button = h("button", { type: "button", class: "second" });
  const draw = () => {
    button.setAttribute("aria-pressed", String(bell.on));
    fill(button, icon(bell.on ? "sound" : "mute"), say(bell.on ? "page-sound-on" : "page-sound-off"));
  };
  button.addEventListener("click", () => {
    if (bell.on) bell.switchOff();
    else bell.switchOn();
    draw();
  });
  draw();
  return part(say("page-sound"), h("p", { class: "hint" }, say("page-sound-text")), button);
}

function pause(desk, ways) {
  const box = h("section", { class: "part" });
  const set = (until) => async (event) => {
    await busy(
      event.currentTarget,
      async () => {
        await desk.pause(until);
        desk.me.paused_until = until;
        toast(say(until ? "page-pause-set" : "page-pause-over"));
        draw();
        ways.changed();
      },
      complain,
    );
  };
  const inHours = (hours) =>
    new Date(Math.ceil((Date.now() + hours * 3_600_000) / 900_000) * 900_000)
      .toISOString()
      .replace(/\.\d+Z$/, "Z");
  const draw = () => {
    const until = desk.me.paused_until;
    const paused = until && Date.parse(until) > Date.now();
    fill(
      box,
      h("h3", {}, say("page-pause")),
      h("p", { class: "hint" }, say("page-pause-text")),
      paused
        ? [
            h("p", { class: "warn" }, icon("warn"), say("page-paused-until", { time: moment(until) })),
            h(
              "button",
              { type: "button", class: "first", onclick: (event) => set(null)(event) },
              say("page-pause-end"),
            ),
          ]
        : h(
            "div",
            { class: "row" },
            [
              [4, "page-pause-4h"],
              [24, "page-pause-1d"],
              [72, "page-pause-3d"],
              [168, "page-pause-7d"],
            ].map(([hours, key]) =>
              h(
                "button",
                { type: "button", class: "second", onclick: (event) => set(inHours(hours))(event) },
                say(key),
              ),
            ),
          ),
    );
  };
  draw();
  return box;
}

function look(desk, redraw) {
  const { profile } = desk;
  const modes = choices(
    say("page-theme"),
    "theme",
    ["auto", "light", "dark"].map((mode) => [mode, say(`page-theme-${mode}`)]),
    async (mode) => {
      profile.theme = mode;
      theme(mode);
      await keep(profile);
    },
  );
  modes.querySelector(`[value="${profile.theme ?? "auto"}"]`).checked = true;
  return part(
    say("page-look"),
    languageButtons(profile.language, async (tag) => {
      profile.language = tag;
      await keep(profile);
      await speak(tag);
      redraw();
    }),
    modes,
  );
}

function self(desk) {
  const name = field(
    say("page-pseudonym"),
    h("input", { type: "text", name: "pseudonym", maxlength: 24, value: desk.pseudonym }),
    say("page-pseudonym-hint"),
  );
  const button = h(
    "button",
    {
      type: "button",
      class: "second",
      onclick: () =>
        busy(
          button,
          async () => {
            const chosen = name.control.value.trim();
            name.say(chosen ? null : say("page-pseudonym-missing"));
            if (!chosen) return;
            desk.memory.pseudonym = chosen;
            await desk.remember();
            toast(say("page-saved"));
          },
          complain,
        ),
    },
    say("page-save"),
  );
  return part(say("page-self"), name, button);
}

function keys(desk) {
  const box = h("section", { class: "part" }, h("h3", {}, say("page-keys")));
  const { service, threshold, signers, serverKeys, version } = desk.trust;
  const server = h(
    "details",
    {},
    h("summary", {}, say("page-trusted")),
    h("p", { class: "hint" }, say("page-trusted-text", { service, version })),
  );
  publicKey(desk.device)
    .then(async (mine) => {
      server.append(wordList(await fingerprintOf(service, threshold, signers, serverKeys[0])));
      box.append(mine, server, recovery(desk.profile.locked), passkey(desk));
    })
    .catch(complain);
  return box;
}

function passkey(desk) {
  if (!passkeysWork()) return h("p", { class: "hint" }, say("page-passkey-none"));
  const problem = h("p", { class: "fault", role: "alert", hidden: true });
  const box = h("section", { class: "part" });
  const make = async () => {
    desk.profile.passkey = await lockWithPasskey({ ...desk.key, pseudonym: desk.pseudonym });
    await keep(desk.profile);
    toast(say("page-passkey-made"));
    draw();
  };
  const drop = async () => {
    desk.profile.passkey = null;
    await keep(desk.profile);
    draw();
  };
  const draw = () =>
    fill(
      box,
      h("h2", {}, say("page-passkey")),
      h("p", {}, say("page-passkey-text")),
      problem,
      desk.profile.passkey
        ? h(
            "button",
            {
              type: "button",
              class: "second",
              onclick: (event) => busy(event.currentTarget, drop, complain),
            },
            say("page-passkey-drop"),
          )
        : h(
            "button",
            {
              type: "button",
              class: "second",
              onclick: (event) =>
                busy(event.currentTarget, make, () => {
                  problem.hidden = false;
                  fill(problem, wordsFor({ code: "passkey" }));
                }),
            },
            say("page-passkey-make"),
          ),
    );
  draw();
  return box;
}

/** Ends the session at the server, and says so where the server did not hear it. Then the desk locks. */
function signingOut(desk, ways) {
  const button = h(
    "button",
    {
      type: "button",
      class: "second",
      onclick: () =>
        busy(
          button,
          async () => {
            if (await desk.signOut()) ways.lock();
            else complain({ code: "sign_out" });
          },
          complain,
        ),
    },
    icon("lock"),
    say("page-sign-out"),
  );
  return part(say("page-session"), h("p", { class: "hint" }, say("page-sign-out-text")), button);
}

function device(desk, ways) {
  return part(
    say("page-device"),
    h("h4", {}, say("page-offline-get")),
    h("p", { class: "hint" }, say("page-offline-get-text")),
    h(
      "a",
      { class: "second", href: "/desk/offline.html", download: "relais-offline.html" },
      icon("file"),
      say("page-offline-get-save"),
    ),
    h("p", { class: "hint" }, say("page-device-text")),
    forgetting({ restart: ways.lock }),
  );
}
