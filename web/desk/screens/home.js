// The open desk: requests in four piles, one of them open beside or instead of the list.

import { skewMinutes } from "../lib/clock.js";
import { busy, fill, h, icon } from "../lib/dom.js";
import { announce, atTop, complain, focusTitle, show, toast, wordsFor } from "../lib/frame.js";
import { Idle } from "../lib/idle.js";
import { PILES } from "../lib/inbox.js";
import { Bell, Live } from "../lib/live.js";
import { say } from "../lib/say.js";
import { RequestView } from "./request.js";
import { row } from "./row.js";
import { settings } from "./settings.js";

const TICK = 30_000;
/** How many rows are drawn at first, and how many more at each wish: a thousand at once make a phone wait. */
const ROWS = 100;

export function home(desk, ways) {
  const view = new Home(desk, ways);
  view.start();
  return view;
}

class Home {
  constructor(desk, { lock, halt }) {
    Object.assign(this, {
      desk,
      bell: new Bell(),
      pile: "new",
      current: null,
      connection: "live",
      pileChosen: false,
      rows: ROWS,
      stopped: false,
      signedOut: false,
    });
    this.list = h("div", { class: "list" });
    this.pane = h("section", { class: "pane", "aria-label": say("page-request-region") });
    this.notices = h("div", { class: "notices" });
    this.piles = h("nav", { class: "piles", "aria-label": say("page-piles") });
    this.root = h(
      "div",
      { class: "home" },
      h(
        "div",
        { class: "side" },
        h("h1", { class: "unseen" }, say("page-inbox-title")),
        this.piles,
        this.notices,
        this.list,
      ),
      this.pane,
    );
    this.lock = () => {
      desk.signOut();
      this.stop();
      lock();
    };
    desk.onstop = (why) => {
      this.stop();
      halt({ why, at: new Date().toISOString() });
    };
    desk.onsignedout = () => this.endSession();
  }

  async start() {
    this.header();
    show(this.root, { wide: true });
    this.emptyPane();
    this.idle = new Idle({ onlock: this.lock, onwarn: (on) => this.warnIdle(on) }).start();
    this.listen();
    this.tick = setInterval(() => this.draw(), TICK);
    this.onback = () => this.close();
    window.addEventListener("popstate", this.onback);
    await this.live.look();
    this.draw();
  }

  listen() {
    this.live = new Live(this.desk.api, {
      cursor: () => this.desk.cursor,
      onchange: () => this.pull(),
      onstate: (state, fault) => this.connected(state, fault),
    }).start();
  }

  stop() {
    this.stopped = true;
    this.live.stop();
    this.idle.stop();
    this.bell.switchOff();
    this.current?.leave();
    clearInterval(this.tick);
    window.removeEventListener("popstate", this.onback);
    document.title = "Relais";
    this.desk.letGo();
  }

  /** The server ended the session. Nothing is asked any more, and no new proof is made, until a person wants it. */
  endSession() {
    if (this.stopped || this.signedOut) return;
    this.signedOut = true;
    this.live.stop();
    announce(say("page-signed-out"));
    this.connected("offline");
  }

  async signInAgain() {
    await this.desk.signIn();
    this.signedOut = false;
    this.connected("live");
    this.listen();
    await this.live.look();
  }

  signedOutNotice() {
    const button = h(
      "button",
      {
        type: "button",
        class: "first",
        onclick: () => busy(button, () => this.signInAgain(), complain),
      },
      icon("lock"),
      say("page-sign-in-again"),
    );
    return h(
      "div",
      { class: "part signed-out" },
      h("p", { class: "warn" }, icon("warn"), say("page-signed-out")),
      button,
    );
  }

  header() {
    this.status = h("span", { class: "status" });
    atTop(
      h("p", { class: "brand" }, "Relais", h("span", { class: "who" }, this.desk.own.name)),
      this.status,
      h(
        "button",
        {
          type: "button",
          class: "plain tool tool-settings",
          onclick: () => this.openSettings(),
        },
        icon("gear"),
        h("span", {}, say("page-settings")),
      ),
      h(
        "button",
        { type: "button", class: "second tool tool-lock", onclick: this.lock },
        icon("lock"),
        h("span", {}, say("page-lock")),
      ),
    );
    this.connected(this.connection);
  }

  connected(state, fault) {
    if (this.stopped) return;
    if (fault && state !== this.connection && state === "offline") announce(wordsFor(fault));
    this.connection = state;
    fill(
      this.status,
      h("span", { class: `dot dot-${state}`, "aria-hidden": "true" }),
      h("span", {}, say(`page-connection-${state}`)),
    );
    this.drawNotices();
  }

  async pull() {
    const { fresh, changed } = await this.desk.pull();
    if (changed === 0 || this.stopped) return;
    const news = fresh.filter((token) =>
      ["handoff", "addition", "message", "withdrawal"].includes(token.kind),
    );
    if (news.length > 0 && this.pulledOnce) {
      this.bell.ring();
      announce(say("page-news", { n: news.length }));
    }
    this.pulledOnce = true;
    this.draw();
    if (this.current) await this.current.refresh();
  }

  draw() {
    if (this.stopped) return;
    const requests = this.desk.requests();
    const inPile = (pile) => requests.filter((one) => one.pile === pile);
    if (!this.pileChosen)
      this.pile = PILES.find((pile) => pile !== "done" && inPile(pile).length > 0) ?? "new";
    fill(
      this.piles,
      PILES.map((pile) => this.pileButton(pile, inPile(pile))),
    );
    const held = document.activeElement?.dataset?.handoff;
    const rows = inPile(this.pile);
    fill(
      this.list,
      h("p", { class: "hint pile-hint" }, say(`page-pile-${this.pile}-hint`)),
      rows.length === 0
        ? h("p", { class: "empty" }, say(`page-pile-${this.pile}-empty`))
        : h(
            "ul",
            { class: "rows" },
            rows.slice(0, this.rows).map((request) => h("li", {}, this.row(request))),
          ),
      rows.length > this.rows && this.moreRows(rows),
    );
    if (held && !this.pane.contains(document.activeElement)) {
      this.list.querySelector(`[data-handoff="${held}"]`)?.focus({ preventScroll: true });
    }
    const waiting = inPile("new").length;
    document.title = waiting > 0 ? `(${waiting}) Relais` : "Relais";
    this.drawNotices();
  }

  /** What stands under a list that is cut: how much of it is there, and a way to the rest. */
  moreRows(rows) {
    const from = this.rows;
    const n = Math.min(ROWS, rows.length - from);
    const more = () => {
      this.rows += ROWS;
      this.draw();
      this.list.querySelectorAll(".row-button")[from]?.focus();
    };
    return h(
      "div",
      { class: "more-rows" },
      h("p", { class: "hint" }, say("page-shown-of", { shown: from, all: rows.length })),
      h("button", { type: "button", class: "second", onclick: more }, say("page-show-more", { n })),
    );
  }

  pileButton(pile, requests) {
    const unread = requests.reduce((sum, one) => sum + (one.unread > 0 ? 1 : 0), 0);
    return h(
      "button",
      {
        type: "button",
        class: "pile",
        "aria-current": pile === this.pile ? "true" : null,
        onclick: () => {
          this.pile = pile;
          this.pileChosen = true;
          this.rows = ROWS;
          this.draw();
          this.piles.querySelector("[aria-current]")?.focus();
        },
      },
      h("span", {}, say(`page-pile-${pile}`)),
      h(
        "span",
        { class: `count ${unread > 0 ? "count-unread" : ""}` },
        String(requests.length),
        unread > 0 && h("span", { class: "unseen" }, ` ${say("page-unread", { n: unread })}`),
      ),
    );
  }

  row(request) {
    return row(request, {
      repeated: this.desk.repeated(request),
      current: this.current?.handoff === request.handoff,
      open: () => this.open(request.handoff),
    });
  }

  open(handoff) {
    const request = this.desk.request(handoff);
    if (!request) return;
    this.current?.leave();
    this.current = new RequestView(this.desk, handoff, {
      changed: () => this.look(),
      close: () => this.back(),
      moved: (pile) => {
        this.pile = pile;
        this.pileChosen = true;
      },
    });
    fill(this.pane, this.current.root);
    if (!this.root.classList.contains("home-open")) history.pushState({ open: true }, "", location.pathname);
    this.root.classList.add("home-open");
    this.draw();
    // What can only be known now, and that it is no longer unread; unless the desk was locked meanwhile.
    this.current.ready.then(() => this.draw());
    focusTitle(this.pane);
    window.scrollTo(0, 0);
  }

  look() {
    return this.live.look();
  }

  back() {
    if (history.state?.open) history.back();
    else this.close();
  }

  close() {
    const handoff = this.current?.handoff;
    this.current?.leave();
    this.current = null;
    this.root.classList.remove("home-open");
    this.emptyPane();
    this.draw();
    const row = handoff && this.list.querySelector(`[data-handoff="${handoff}"]`);
    (row || this.piles.querySelector("[aria-current]"))?.focus();
  }

  emptyPane() {
    fill(
      this.pane,
      h(
        "div",
        { class: "empty-pane" },
        h("p", { class: "sign", "aria-hidden": "true" }, "· · ·"),
        h("p", {}, say("page-choose-request")),
      ),
    );
  }

  openSettings() {
    if (this.current) this.current.leave();
    this.current = null;
    fill(
      this.pane,
      settings(this.desk, {
        bell: this.bell,
        close: () => this.back(),
        lock: this.lock,
        changed: () => {
          this.header();
          this.draw();
        },
      }),
    );
    if (!this.root.classList.contains("home-open")) history.pushState({ open: true }, "", location.pathname);
    this.root.classList.add("home-open");
    this.draw();
    focusTitle(this.pane);
    window.scrollTo(0, 0);
  }

  drawNotices() {
    const skew = skewMinutes();
    const paused = this.desk.me?.paused_until;
    fill(
      this.notices,
      this.signedOut && this.signedOutNotice(),
      this.desk.listIsPast && h("p", { class: "warn" }, icon("warn"), say("page-list-past")),
      !this.signedOut && this.connection === "offline" && h("p", { class: "warn" }, icon("warn"), say("page-fault-offline")),
      skew > 0 && h("p", { class: "warn" }, icon("warn"), say("page-skew", { n: skew })),
      paused &&
        Date.parse(paused) > Date.now() &&
        h("p", { class: "warn" }, icon("warn"), say("page-paused")),
    );
  }

  warnIdle(on) {
    if (on) toast(say("page-idle"), "fault");
    else toast(say("page-idle-stays"));
  }
}
