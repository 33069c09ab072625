// One request: danger first, then what was said, why it came here, the talk, and what can be done.

import { fromBase64 } from "../lib/bytes.js";
import { ago, timeLeft } from "../lib/clock.js";
import { fill, h, icon, save } from "../lib/dom.js";
import { clearToasts, complain, focusPanel, focusTitle, toast } from "../lib/frame.js";
import { standing } from "../lib/facts.js";
import { canAnswer } from "../lib/person.js";
import { learnCommunes } from "../lib/communes.js";
import { say } from "../lib/say.js";
import { picturesOf } from "../lib/sign.js";
import { answerPanel } from "./answer.js";
import { closePanel, declinePanel, notePanel } from "./panels.js";
import { passOnPanel } from "./pass-on.js";
import { alerts, dates, said, why } from "./said.js";
import { thread } from "./thread.js";

export class RequestView {
  constructor(desk, handoff, ways) {
    Object.assign(this, { desk, handoff, ways, gone: false, panelOpen: false, renewPanel: null });
    this.head = h("header", { class: "request-head" });
    this.alerts = h("div", { class: "alerts" });
    this.said = h("div", { class: "said" });
    this.talk = h("section", { class: "talk", "aria-label": say("page-thread") });
    this.panel = h("section", { class: "panel", hidden: true });
    this.actions = h("div", { class: "actions" });
    this.work = h("div", { class: "work" }, this.talk, this.panel);
    this.body = h("div", { class: "request-body" }, this.said, this.work);
    this.root = h("article", { class: "request" }, this.head, this.alerts, this.body, this.actions);
    this.drawHead(desk.request(handoff));
    this.ready = this.refresh();
  }

  leave() {
    this.gone = true;
  }

  /** Draws what stands now. What was left meanwhile draws nothing, and cannot fail either. */
  async refresh() {
    try {
      await this.redraw();
    } catch (fault) {
      if (!this.gone) complain(fault);
    }
  }

  async redraw() {
    if (this.gone) return;
    const request = this.desk.request(this.handoff);
    if (!request) return;
    const opened = await this.desk.open(request.main);
    if (opened.ok && opened.record.place?.commune) await learnCommunes();
    if (this.gone) return;
    const person = opened.ok ? await this.desk.person(request, opened) : null;
    if (this.gone) return;
    Object.assign(this, { request, opened, person });
    // What was being written quotes what was said: it goes with it.
    if (request.state === "revoked" && this.panelOpen) this.closePanel();
    this.renewPanel?.(person);
    this.drawHead(request);
    this.drawAlerts(opened);
    this.drawSaid(opened);
    await this.drawTalk();
    this.drawActions();
    if (opened.ok) this.desk.tellRead(request);
    if (!this.gone) await this.desk.markRead(request).catch(() => undefined);
  }

  drawHead(request) {
    const left = request.pile === "new" ? timeLeft(request.main.respond_by) : null;
    if (!this.title) {
      this.title = h(
        "h2",
        { class: "request-title", tabindex: "-1" },
        h("span", { class: "sign sign-big" }, picturesOf(this.handoff).join(" ")),
        h("span", { class: "unseen" }, ` ${say("page-request-title")}`),
      );
      this.state = h("p", { class: "request-state" });
      fill(
        this.head,
        h(
          "button",
          { type: "button", class: "plain back", onclick: () => this.ways.close() },
          icon("back"),
          say("page-back-list"),
        ),
        h("div", { class: "request-name" }, this.title, this.state),
      );
    }
    fill(
      this.state,
      h(
        "span",
        { class: left ? `press press-${left.press}` : "press" },
        left ? left.words : standing(request),
      ),
      h("span", { class: "row-age" }, ago(request.main.received)),
      request.main.audience === "national_team" && h("span", { class: "tag" }, say("page-as-national-team")),
    );
  }

  drawAlerts(opened) {
    fill(
      this.alerts,
      alerts(opened, this.person, {
        withdrawn: this.request.state === "revoked",
        nameOf: (id) => this.desk.nameOf(id),
      }),
    );
  }

  drawSaid(opened) {
    if (!opened.ok) return fill(this.said);
    return fill(
      this.said,
      said(this.person),
      why(this.person),
      h(
        "details",
        { class: "quiet" },
        h("summary", {}, say("page-more")),
        dates(this.person, this.request.main.expires_on),
        h("p", { class: "hint" }, say("page-signed")),
        this.exporting(),
      ),
    );
  }

  exporting() {
    return h(
      "div",
      { class: "stack" },
      h("p", { class: "hint" }, say("page-export-text")),
      h(
        "div",
        { class: "row" },
        h(
          "button",
          {
            type: "button",
            class: "second",
            onclick: () => save("request.age", fromBase64(this.request.main.ciphertext)),
          },
          say("page-export-sealed"),
        ),
        h(
          "button",
          {
            type: "button",
            class: "second",
            onclick: () => save("request.json", `${this.opened.line}\n`, "application/json"),
          },
          say("page-export-clear"),
        ),
      ),
    );
  }

  async drawTalk() {
    const nodes = await thread(this.desk, this.request, this.opened);
    if (this.gone) return;
    // Once there is a talk it comes first: that is what one looks for on a phone.
    const talking = this.request.tokens.some((token) => token.kind === "message" || token.kind === "reply");
    if (talking && this.body.firstChild !== this.work && !this.panelOpen) this.body.prepend(this.work);
    fill(
      this.talk,
      h("h3", {}, say("page-thread")),
      nodes.length > 0 ? nodes : h("p", { class: "hint" }, say("page-thread-empty")),
    );
  }

  drawActions() {
    if (!this.panelOpen) fill(this.actions, this.moves());
  }

  /** What can be done now: it depends on where the request stands, and on whether it could be opened. */
  moves() {
    const { opened, request, person } = this;
    const move = (kind, look, name) =>
      h(
        "button",
        { type: "button", class: look, onclick: () => this.openPanel(kind) },
        icon(name),
        say(`page-do-${kind}`),
      );
    const note = move("note", "second", "note");
    const hint = (key) => h("p", { class: "hint" }, say(key));
    if (request.state === "revoked" || request.state === "expired") return [];
    if (request.elsewhere) return [note];
    if (!opened.ok) return request.over ? [note] : [move("decline", "second", "close"), note];
    const answers = canAnswer(person);
    // Whoever declined may think again while nobody else has it.
    if (request.state === "declined") return [this.acceptButton("second"), note];
    if (request.over) return [note];
    if (request.state === "pending") {
      return [
        this.acceptButton("first"),
        move("pass-on", "second", "pass"),
        move("decline", "second", "close"),
        move("note", "plain", "note"),
        hint(answers ? "page-accept-hint" : "page-accept-hint-silent"),
      ];
    }
    return [
      answers && move("answer", "first", "send"),
      note,
      move("pass-on", "second", "pass"),
      move("close", "second", "check"),
      !answers && !person.stopped && hint("page-no-messages"),
    ];
  }

  acceptButton(look) {
    const button = h(
      "button",
      { type: "button", class: look, onclick: () => this.accept(button) },
      icon("check"),
      say("page-do-accept"),
    );
    return button;
  }

  async accept(button) {
    if (button.disabled) return;
    button.disabled = true;
    try {
      await this.desk.accept(this.handoff);
      this.ways.moved("mine");
      toast(say("page-accepted"));
    } catch (fault) {
      if (fault.code.startsWith("already_accepted")) this.ways.moved("waiting");
      complain(fault);
    } finally {
      button.disabled = false;
    }
    await this.ways.changed();
    await this.refresh();
    if (!this.gone) focusTitle(this.head);
  }

  openPanel(kind) {
    clearToasts();
    const panels = {
      decline: declinePanel,
      close: closePanel,
      note: notePanel,
      answer: answerPanel,
      "pass-on": passOnPanel,
    };
    const done = async (message, pile) => {
      if (message) toast(message);
      if (pile) this.ways.moved(pile);
      this.closePanel();
      await this.ways.changed();
      await this.refresh();
    };
    const again = async () => {
      await this.ways.changed();
      await this.refresh();
    };
    this.renewPanel = null;
    fill(
      this.panel,
      panels[kind]({
        desk: this.desk,
        handoff: this.handoff,
        request: this.request,
        opened: this.opened,
        person: this.person,
        done,
        again,
        follow: (renew) => (this.renewPanel = renew),
        cancel: () => this.closePanel(),
      }),
    );
    this.panelOpen = true;
    this.panel.hidden = false;
    this.root.classList.add("panel-open");
    fill(this.actions);
    focusPanel(this.panel);
  }

  closePanel() {
    this.panelOpen = false;
    this.renewPanel = null;
    this.panel.hidden = true;
    fill(this.panel);
    this.root.classList.remove("panel-open");
    this.drawActions();
    focusTitle(this.head);
  }
}
