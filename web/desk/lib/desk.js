// One unlocked desk: the key, the session, the tokens. All of it lives in memory and goes at lock.

import { readPage, readSent } from "./answers.js";
import { sealText, unsealText } from "./age.js";
import { fromBase64, toBase64 } from "./bytes.js";
import { Fault } from "./fault.js";
import { Inbox } from "./inbox.js";
import { othersFor } from "./others.js";
import { readPaper, writePaper } from "./papers.js";
import { canAnswer, merge } from "./person.js";
import { Session } from "./session.js";
import { openToken, sealOn } from "./token.js";

const SIGNED = new Set(["handoff", "addition", "message", "withdrawal"]);
/** For how many unknown keys of a server the list is fetched again: each of them once. */
const MOST_ASKED = 16;

export class Desk extends Session {
  constructor(profile, key, api) {
    super(profile, key, api);
    this.inbox = new Inbox();
    this.opened = new Map();
    this.told = new Set();
    this.asked = new Set();
    this.cursor = "";
  }

  /** Lets go of everything that was decrypted, and of the key. */
  letGo() {
    Object.assign(this, { inbox: new Inbox(), opened: new Map(), key: {}, device: null, memory: null });
    this.api.token = null;
    this.api.signer = null;
  }

  /** Fetches what changed, page by page; returns the tokens that are new here, and how many changed. */
  pull() {
    return this.guarded(async () => {
      const found = { fresh: [], changed: 0 };
      for (let more = true; more;) {
        const path = this.cursor ? `/handoffs?since=${encodeURIComponent(this.cursor)}` : "/handoffs";
        const answer = readPage(await this.api.get(path));
        more = answer.more && answer.cursor !== this.cursor;
        this.cursor = answer.cursor;
        if (!more && answer.extract !== null && answer.extract !== this.trust.version) await this.renew();
        found.fresh.push(...this.inbox.take(answer.tokens));
        found.changed += answer.tokens.length;
        for (const token of answer.tokens.filter((one) => one.kind === "claim" && one.ciphertext)) {
          await this.learnClaim(token);
        }
      }
      for (const token of this.inbox.tokens.values()) if (!token.ciphertext) this.opened.delete(token.id);
      return found;
    });
  }

  /** Follows the list; what was opened under another one is opened again. */
  async renew() {
    const before = this.trust.head;
    await this.followList();
    if (this.trust.head !== before) this.opened.clear();
  }

  /** Learns who is out; what was opened before is opened again. */
  async learnRemovals() {
    const before = this.removals.size;
    await super.learnRemovals();
    if (this.removals.size !== before) this.opened.clear();
  }

  async learnClaim(token) {
    const content = await this.openPaper(token);
    const known = this.inbox.tokens.get(token.id);
    if (!content.ok || !known) return;
    const { pseudonym, proved } = content;
    this.inbox.claim(token.handoff, { pseudonym, proved, order: known.order });
  }

  requests() {
    const requests = this.inbox.requests(this, this.read);
    for (const one of requests) if (one.elsewhere) one.holder = this.nameOf(one.elsewhere);
    return requests;
  }

  request(handoff) {
    return this.requests().find((one) => one.handoff === handoff) ?? null;
  }

  /** Opens a token once; the result lives until lock. */
  open(token) {
    if (!token.ciphertext) {
      // What was read before it was taken back is let go of here, too.
      this.opened.delete(token.id);
      return Promise.resolve({ ok: false, fault: "erased" });
    }
    const known = this.opened.get(token.id);
    if (known?.ciphertext === token.ciphertext) return known.content;
    const content = SIGNED.has(token.kind) ? this.openSigned(token) : this.openPaper(token);
    const entry = { ciphertext: token.ciphertext, content };
    this.opened.set(token.id, entry);
    content.then(
      (known) => (entry.repeated = known.ok ? repeatOf(known.record) : null),
      // It could not be opened for another reason than its content: the next look tries again.
      () => this.opened.delete(token.id),
    );
    return content;
  }

  /** Returns the how-manieth request from one chat this is, where it was opened and says so; else null. */
  repeated(request) {
    return this.opened.get(request.main.id)?.repeated ?? null;
  }

  async openSigned(token) {
    let bytes;
    try {
      bytes = fromBase64(token.ciphertext);
    } catch {
      return { ok: false, fault: "not_age" };
    }
    const { handoff, kind } = token;
    const { key } = this;
    const open = () =>
      openToken(bytes, key, { serverKeys: this.trust.serverKeys, handoff, kind, list: this.signers });
    const opened = await open();
    const { fault, signedBy } = opened;
    if (fault !== "other_server" || this.asked.has(signedBy) || this.asked.size >= MOST_ASKED) return opened;
    // The server may have changed its key meanwhile: a newer list says so.
    this.asked.add(signedBy);
    await this.followList();
    return open();
  }

  /** Opens what a colleague sealed: who wrote it is proved by the name of a device, or only said. */
  async openPaper(token) {
    let plaintext;
    try {
      plaintext = await unsealText(this.key.identity, token.ciphertext);
    } catch {
      return { ok: false, fault: "not_for_you" };
    }
    return readPaper(plaintext, token.kind, { ...this.place, handoff: token.handoff }, this.signers);
  }

  /** Returns what is known now of an opened request: additions and messages count where their signature fits. */
  async person(request, opened) {
    const later = request.tokens.filter((token) => token.kind === "addition" || token.kind === "message");
    const contents = await Promise.all(later.map((token) => this.open(token)));
    const person = merge(
      opened.record,
      contents.filter((one) => one.ok).map((one) => one.record),
    );
    return { ...person, stopped: person.stopped || request.main.stopped === true };
  }

  /** Tells the server that a new request was opened, which the person can see; once, and never an obstacle. */
  tellRead(request) {
    if (request.state !== "pending" || this.told.has(request.handoff)) return;
    this.told.add(request.handoff);
    this.post(request.handoff, "read").catch(() => this.told.delete(request.handoff));
  }

  async markRead(request) {
    const unread = request.tokens.filter((token) => !this.read.has(token.id));
    if (unread.length === 0) return;
    for (const token of unread) this.read.add(token.id);
    await this.remember();
  }

  /** Writes a paper for the devices of one's own association. */
  async sealOwn(handoff, kind, content) {
    const recipients = await this.recipientsOf(this.own);
    const paper = { v: 1, kind, at: this.at(), pseudonym: this.pseudonym, ...content };
    return sealText(recipients, writePaper(this.device, { ...this.place, handoff }, paper));
  }

  post(handoff, action, body) {
    return this.guarded(() => this.api.post(`/handoffs/${handoff}/${action}`, body));
  }

  /** Takes a request; where another was first, the fault says who, as far as this device may know. */
  async accept(handoff) {
    const claim = await this.sealOwn(handoff, "claim", {});
    try {
      await this.post(handoff, "accept", { claim });
    } catch (fault) {
      if (fault.code === "already_accepted") await this.learnFirst(handoff, fault);
      throw fault;
    }
  }

  async learnFirst(handoff, fault) {
    const { by, claim } = fault.problem ?? {};
    if (typeof claim === "string") {
      const first = await this.openPaper({ handoff, kind: "claim", ciphertext: claim });
      fault.name = first.ok ? first.pseudonym : null;
    } else if (by !== this.association) {
      fault.name = this.list.find(by)?.name ?? null;
    }
    if (!fault.name) fault.code = "already_accepted_by";
  }

  decline(handoff, reason) {
    return this.post(handoff, "decline", { reason });
  }
  finish(handoff, outcome) {
    return this.post(handoff, "close", { outcome });
  }
  pause(until) {
    return this.guarded(() => this.api.post("/pause", { until }));
  }

  async note(handoff, text) {
    return this.post(handoff, "notes", { ciphertext: await this.sealOwn(handoff, "note", { text }) });
  }

  /**
   * Writes to the person. The return address is the one decrypted thing that leaves this device: it is read anew
   * out of what the server signed, and must have the exact shape of one.
   */
  async reply(handoff, said) {
    const request = this.request(handoff);
    const opened = request ? await this.open(request.main) : null;
    if (!opened?.ok) throw new Fault("not_found");
    if (request.state !== "accepted" || request.elsewhere) throw new Fault("not_accepted");
    const person = await this.person(request, opened);
    if (person.stopped) throw new Fault("stopped");
    if (!person.return_address) throw new Fault("no_messages");
    if (!canAnswer(person)) throw new Fault("no_way_back");
    const copy = await this.sealOwn(handoff, "reply", said);
    const body = { return_address: person.return_address, ...said, copy };
    return readSent(await this.post(handoff, "messages", body));
  }

  others(record, refusedBy) {
    return othersFor(record, this, refusedBy);
  }

  /** Returns who will read what is passed on: the association, and the national team that reads along. */
  readers(target, record) {
    const team = this.list.teamFor(target, this.own, record.routing?.team);
    return team ? [target, team] : [target];
  }

  async passOn(handoff, opened, chosen, note) {
    const target = this.list.find(chosen);
    if (!target) throw new Fault("not_routable");
    const recipients = await this.recipientsOf(...this.readers(target, opened.record));
    const passedOn = { by: this.association, to: target.id, at: this.at(), ...(note ? { note } : {}) };
    const ciphertext = toBase64(await sealOn(opened, recipients, passedOn, this.device));
    return this.post(handoff, "pass-on", { association: target.id, ciphertext });
  }

  nameOf(association) {
    return this.list.find(association)?.name ?? association;
  }
}

/** Returns the number in the reason `repeated:3`, or null: the server signed it, only those who open it read it. */
function repeatOf(record) {
  const reasons = Array.isArray(record?.routing?.reasons) ? record.routing.reasons : [];
  const number = reasons.map((code) => /^repeated:(\d{1,4})$/.exec(String(code))?.[1]).find(Boolean);
  return number ? Number(number) : null;
}
