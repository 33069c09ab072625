// The page without a server: one file, no connection at all (its own policy forbids it). It opens .age files
// with the volunteer's key, on this device. tools/desk/offline.mjs makes offline.html of it.

import { isArmor } from "./lib/age.js";
import { field, fill, h, icon } from "./lib/dom.js";
import { announce, atTop, mount, show, wipe, wordsFor } from "./lib/frame.js";
import { Idle } from "./lib/idle.js";
import { say, LANGUAGES, speak, spoken } from "./lib/say.js";
import { carry } from "./lib/texts.js";
import { openToken } from "./lib/token.js";
import { readKeyFile, unlockWith } from "./lib/vault.js";
import { fingerprint } from "./lib/words.js";
import { onSubmit, wordList } from "./screens/keypieces.js";
import { alerts, dates, said, why } from "./screens/said.js";
import { piece } from "./screens/thread.js";
import { languageButtons, mark } from "./screens/welcome.js";

const LONGEST_FILE = 256 << 10;

function lock() {
  wipe();
  location.reload();
}

async function choose(tag) {
  await speak(tag);
  document.title = `Relais · ${say("page-offline-title")}`;
  show(keyStep());
}

/** Step 1: the key, from a recovery file or a key file of age. */
function keyStep() {
  const text = field(
    say("page-import-paste"),
    h("textarea", { name: "identity", rows: 4 }),
    say("page-import-hint"),
  );
  const file = field(
    say("page-import-file"),
    h("input", {
      type: "file",
      name: "file",
      onchange: async () => {
        const [chosen] = file.control.files;
        if (chosen && chosen.size <= LONGEST_FILE) text.control.value = await chosen.text();
        look();
      },
    }),
  );
  const phrase = field(
    say("page-import-passphrase"),
    h("input", { type: "password", name: "passphrase" }),
  );
  phrase.hidden = true;
  const look = () => {
    phrase.hidden = !isArmor(text.control.value);
  };
  text.control.addEventListener("input", look);
  const server = field(
    say("page-offline-server"),
    h("input", { type: "text", name: "server" }),
    say("page-offline-server-hint"),
  );
  const button = h("button", { type: "submit", class: "first" }, say("page-offline-open"));
  const form = h("form", { novalidate: true }, file, text, phrase, server, button);
  onSubmit(
    form,
    button,
    async () => {
      look();
      const armored = isArmor(text.control.value);
      const key = armored
        ? await unlockWith(phrase.control.value.trim(), text.control.value).catch(() => null)
        : await readKeyFile(text.control.value);
      (armored ? phrase : text).say(key ? null : say(armored ? "page-passphrase-wrong" : "page-import-none"));
      if (key) fileStep(key, server.control.value.trim());
    },
    (fault) => text.say(wordsFor(fault)),
  );
  return h(
    "div",
    { class: "card card-first" },
    mark(),
    h("h1", {}, say("page-offline-title")),
    h("p", {}, say("page-offline-text")),
    h("h2", {}, say("page-offline-key")),
    form,
    h("hr"),
    languageButtons(spoken(), choose),
  );
}

/** Step 2: the files, and what stands in them. */
function fileStep(key, serverKey) {
  atTop(
    h("p", { class: "brand" }, "Relais", h("span", { class: "who" }, say("page-offline-title"))),
    h(
      "button",
      { type: "button", class: "second tool tool-lock", onclick: lock },
      icon("lock"),
      h("span", {}, say("page-lock")),
    ),
  );
  new Idle({ onlock: lock, onwarn: (on) => announce(on ? say("page-idle") : "") }).start();
  const results = h("div", { class: "stack", "aria-live": "polite" });
  const take = async (files) => {
    for (const file of files) results.prepend(await card(file, key, serverKey));
    dropWithdrawn(results);
  };
  const input = h("input", {
    type: "file",
    multiple: true,
    id: "files",
    onchange: () => take([...input.files]),
  });
  const drop = h("div", { class: "drop" }, h("label", { for: "files" }, say("page-offline-drop")), input);
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("drop-over");
    });
  }
  document.addEventListener("dragleave", () => drop.classList.remove("drop-over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("drop-over");
    take([...event.dataTransfer.files]);
  });
  show(
    h(
      "div",
      { class: "offline" },
      h("h1", {}, say("page-offline-files")),
      h("p", { class: "good" }, icon("check"), say("page-offline-ready")),
      drop,
      h(
        "div",
        { class: "row" },
        h(
          "button",
          { type: "button", class: "plain", onclick: () => fill(results) },
          say("page-offline-clear"),
        ),
      ),
      results,
    ),
  );
}

/** Takes away what is shown of a request that the same server says was taken back. */
function dropWithdrawn(results) {
  const cards = [...results.children];
  const withdrawn = cards.filter((one) => one.dataset.kind === "withdrawal").map((one) => one.dataset.request);
  for (const one of cards) {
    if (one.dataset.kind !== "withdrawal" && withdrawn.includes(one.dataset.request)) one.remove();
  }
}

async function card(file, key, serverKey) {
  const opened =
    file.size > LONGEST_FILE
      ? { ok: false, fault: "not_token" }
      : await openToken(new Uint8Array(await file.arrayBuffer()), key, {
          serverKeys: serverKey ? [serverKey] : undefined,
        });
  const { record } = opened;
  return h(
    "article",
    {
      class: "card",
      "data-request": opened.ok && `${opened.signedBy} ${record.handoff}`,
      "data-kind": opened.ok && record.kind,
    },
    h(
      "h2",
      {},
      opened.ok
        ? [
            h("span", { class: "sign sign-big" }, opened.sign.join(" ")),
            ` ${say(`page-kind-${record.kind}`)}`,
          ]
        : file.name,
    ),
    alerts(opened, record ?? {}, { withdrawn: record?.kind === "withdrawal" }),
    opened.ok &&
      record.kind !== "withdrawal" &&
      (record.kind === "handoff"
        ? [said(record), why(record)]
        : h("div", { class: "stack" }, await piece(record))),
    opened.ok &&
      h(
        "details",
        { class: "quiet", open: !serverKey },
        h("summary", {}, say("page-more")),
        dates(record),
        h("p", { class: "hint" }, serverKey ? say("page-signed") : say("page-offline-signed-by")),
        !serverKey && wordList(await fingerprint(opened.signedBy)),
      ),
  );
}

async function begin(texts) {
  carry(texts);
  mount();
  await choose(
    navigator.languages.map((tag) => tag.split("-")[0]).find((tag) => LANGUAGES.includes(tag)) ?? "fr",
  );
}

// The texts stand in the page itself.
begin(JSON.parse(document.getElementById("texts").textContent));
