// The frame around every screen: header, main part, messages. One page, one URL: no id of a request ever
// stands in the address bar or in the browser's history.

import { add, fill, h } from "./dom.js";
import { say } from "./say.js";

const header = h("header", { class: "top", hidden: true });
const main = h("main", { id: "main", class: "main", tabindex: "-1" });
const polite = h("div", { class: "unseen", role: "status", "aria-live": "polite" });
const toasts = h("div", { class: "toasts", role: "alert" });
const skip = h("a", {
  class: "skip",
  href: "#main",
  onclick: (event) => {
    event.preventDefault();
    main.focus();
  },
});

let handed = "";
/** The words that a QR on paper put behind the address, or nothing: they only fill a box. */
export const handedWords = () => handed;

/** Puts the empty frame on the page, and takes whatever a QR, an app store or Telegram wrote behind the address. */
export function mount() {
  const words = /^#trust=([A-Za-z-]{1,200})$/.exec(location.hash);
  if (words) handed = words[1].toLowerCase().split("-").filter(Boolean).join(" ");
  history.replaceState(null, "", location.pathname);
  document.body.replaceChildren(skip, header, main, polite, toasts);
}

export const atTop = (...children) => {
  header.hidden = children.length === 0;
  fill(header, children);
};

/** Shows a screen; the focus goes to its title, so that a screen reader begins there. */
export function show(view, { wide = false } = {}) {
  fill(skip, say("page-skip"));
  main.classList.toggle("main-wide", wide);
  fill(main, view);
  focusTitle(main);
  window.scrollTo(0, 0);
}

export function focusTitle(within) {
  const title = within.querySelector("h1, h2");
  if (!title) return;
  title.setAttribute("tabindex", "-1");
  title.focus({ preventScroll: true });
}

/** Moves the focus to the title of a panel and brings it into sight. */
export function focusPanel(panel) {
  const title = panel.querySelector("h3");
  if (!title) return;
  title.setAttribute("tabindex", "-1");
  title.focus({ preventScroll: true });
  title.scrollIntoView({ block: "start" });
}

/** Says something to a screen reader only. */
export const announce = (text) => fill(polite, text);

/** Shows a short message for a while; a fault stays until it is closed. */
export function toast(text, kind = "done") {
  const note = h("div", { class: `toast toast-${kind}` }, h("p", {}, text));
  add(note, h("button", { type: "button", class: "plain", onclick: () => note.remove() }, say("page-ok")));
  toasts.replaceChildren(note);
  if (kind === "done") setTimeout(() => note.remove(), 8_000);
}

export const clearToasts = () => toasts.replaceChildren();

/** Returns the words for a fault. */
export function wordsFor(fault) {
  const code = String(fault?.code ?? "unknown").replaceAll("_", "-");
  const key = `page-fault-${code}`;
  const said = say(key, {
    minutes: Math.max(1, Math.ceil((fault?.retryAfter ?? 60) / 60)),
    name: fault?.name ?? "",
  });
  return said === key ? say("page-fault-unknown", { code }) : said;
}

/** Says what went wrong. Where everything has stopped, its own screen says so. */
export const complain = (fault) => {
  if (fault?.code !== "untrusted") toast(wordsFor(fault), "fault");
};

/** Empties the page: nothing that was decrypted stays in the document. */
export function wipe() {
  fill(main);
  fill(polite);
  clearToasts();
  atTop();
}
