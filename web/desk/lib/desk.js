// One unlocked desk: the key, the session, the tokens. All of it lives in memory and goes at lock.

import { Api, Fault } from "./api.js";
import { sealJson, unseal, unsealJson } from "./age.js";
import { fromBase64, toBase64 } from "./bytes.js";
import { now } from "./clock.js";
import { Inbox } from "./inbox.js";
import { merge } from "./person.js";
import { openToken, sealOn } from "./token.js";
import { keep, openMemory, sealMemory } from "./vault.js";

const SIGNED = new Set(["handoff", "addition", "message", "withdrawal"]);
const READ_KEPT = 2_000;

export class Desk {
  constructor(profile, key, api = new Api()) {
    Object.assign(this, {
      profile,
      key,
      api,
      inbox: new Inbox(),
      opened: new Map(),
      told: new Set(),
      cursor: "",
    });
    this.association = key.association;
    this.me = null;
    this.directory = null;
    /** What changed at the server since this device first saw it; the volunteer must agree first. */
    this.suspicion = null;
    api.renew = () =>
      this.prove().then(
        () => true,
        () => false,
      );
  }

  get pseudonym() {
    return this.memory?.pseudonym || this.key.pseudonym;
  }

  /** Proves that this device can decrypt for the association, and takes a session. */
  async prove() {
    this.api.token = null;
    const { id, challenge } = await this.api.post("/challenges", { association: this.association });
    let answer;
    try {
      answer = await unseal(this.key.identity, fromBase64(challenge));
    } catch {
      throw new Fault("key_does_not_fit");
    }
    const session = await this.api.post("/sessions", { id, answer: toBase64(answer) });
    this.api.token = session.token;
  }

  async signIn() {
    this.memory = await openMemory(this.key, this.profile.memory);
    this.read = new Set(this.memory.read);
    await this.prove();
    [this.me, this.directory] = await Promise.all([this.api.get("/me"), this.api.get("/directory")]);
    this.compare();
    if (!this.suspicion) await this.pin();
  }

  /** Compares the server's key and the association's recipients with those this device has seen before. */
  compare() {
    const { pins } = this.memory;
    const recipients = [...this.me.recipients].sort();
    if (!recipients.includes(this.key.recipient)) throw new Fault("key_does_not_fit");
    if (!pins) return;
    const added = recipients.filter((name) => !pins.recipients.includes(name));
    const serverKeys = this.directory.server_keys.filter((key) => !pins.serverKeys.includes(key));
    this.suspicion = added.length > 0 || serverKeys.length > 0 ? { added, serverKeys } : null;
  }

  async pin() {
    this.suspicion = null;
    const { associations, server_keys: serverKeys } = this.directory;
    // Those that were there at the first look; what comes later is asked about before anything is sealed to it.
    const others =
      this.memory.pins?.others ?? Object.fromEntries(associations.map((one) => [one.id, one.recipients]));
    this.memory.pins = { serverKeys, recipients: [...this.me.recipients].sort(), others };
    await this.remember();
  }

  get serverKeys() {
    return this.memory.pins.serverKeys;
  }
  get own() {
    return this.memory.pins.recipients.filter((name) => this.me.recipients.includes(name));
  }

  async remember() {
    this.memory.read = [...this.read].slice(-READ_KEPT);
    this.profile.memory = await sealMemory(this.key, this.memory);
    await keep(this.profile);
  }

  /** Fetches what changed, page by page; returns the tokens that are new here, and how many changed. */
  async pull() {
    const found = { fresh: [], changed: 0 };
    for (let more = true; more;) {
      const path = this.cursor ? `/handoffs?since=${encodeURIComponent(this.cursor)}` : "/handoffs";
      const answer = await this.api.get(path);
      more = answer.more === true && answer.cursor !== this.cursor;
      this.cursor = answer.cursor;
      found.fresh.push(...this.inbox.take(answer.tokens));
      found.changed += answer.tokens.length;
      for (const token of answer.tokens.filter((one) => one.kind === "claim" && one.ciphertext)) {
        await this.learnClaim(token);
      }
    }
    for (const token of this.inbox.tokens.values()) if (!token.ciphertext) this.opened.delete(token.id);
    return found;
  }

  async learnClaim(token) {
    const content = await this.openOwn(token);
    const { order } = this.inbox.tokens.get(token.id);
    if (content.ok) this.inbox.claim(token.handoff, { pseudonym: content.pseudonym, order });
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
    const content = SIGNED.has(token.kind) ? this.openSigned(token) : this.openOwn(token);
    const entry = { ciphertext: token.ciphertext, content };
    this.opened.set(token.id, entry);
    content.then((known) => (entry.repeated = known.ok ? repeatOf(known.record) : null));
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
    return openToken(bytes, this.key, {
      serverKeys: this.serverKeys,
      handoff: token.handoff,
      kind: token.kind,
    });
  }

  /** Opens what a colleague sealed: age proves no sender, so all of it is only said. */
  async openOwn(token) {
    try {
      const content = await unsealJson(this.key.identity, token.ciphertext);
      if (content.kind !== token.kind) return { ok: false, fault: "mixed_up" };
      const said = (value, length) => (typeof value === "string" ? value.slice(0, length) : "");
      return {
        ok: true,
        pseudonym: said(content.pseudonym, 40),
        at: said(content.at, 40),
        text: said(content.text, 4000),
        phrase: said(content.phrase, 80),
        args: content.args ?? {},
      };
    } catch {
      return { ok: false, fault: "not_for_you" };
    }
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
    this.post(request.handoff, "read").catch(() => this.told?.delete(request.handoff));
  }

  async markRead(request) {
    const unread = request.tokens.filter((token) => !this.read.has(token.id));
    if (unread.length === 0) return;
    for (const token of unread) this.read.add(token.id);
    await this.remember();
  }

  at() {
    return new Date(now()).toISOString().replace(/\.\d+Z$/, "Z");
  }
  sealOwn(content) {
    return sealJson(this.own, { v: 1, ...content, pseudonym: this.pseudonym, at: this.at() });
  }

  post(handoff, action, body) {
    return this.api.post(`/handoffs/${handoff}/${action}`, body);
  }

  /** Takes a request; where another was first, the fault says who, as far as this device may know. */
  async accept(handoff) {
    const claim = await this.sealOwn({ kind: "claim" });
    try {
      await this.post(handoff, "accept", { claim });
    } catch (fault) {
      if (fault.code === "already_accepted") await this.learnFirst(fault);
      throw fault;
    }
  }

  async learnFirst(fault) {
    const { by, claim } = fault.problem ?? {};
    if (claim) {
      const first = await this.openOwn({ kind: "claim", ciphertext: claim });
      fault.name = first.ok ? first.pseudonym : null;
    } else if (by && by !== this.association) {
      fault.name = this.nameOf(by);
    }
    if (!fault.name) fault.code = "already_accepted_by";
  }

  decline(handoff, reason) {
    return this.post(handoff, "decline", { reason });
  }
  close(handoff, outcome) {
    return this.post(handoff, "close", { outcome });
  }
  pause(until) {
    return this.api.post("/pause", { until });
  }

  async note(handoff, text) {
    return this.post(handoff, "notes", { ciphertext: await this.sealOwn({ kind: "note", text }) });
  }

  async reply(handoff, record, said) {
    const copy = await this.sealOwn({ kind: "reply", ...said });
    return this.post(handoff, "messages", { return_address: record.return_address, ...said, copy });
  }

  /**
   * Returns the other associations: first those that the router named, next best first, then those that fit.
   * Who said no to the request, or cannot take it, comes last and cannot be chosen.
   */
  others(record, refusedBy = []) {
    const language = record.locale.split("-")[0];
    const named = Array.isArray(record.routing?.others) ? record.routing.others : [];
    const fits = (one) => ({
      one,
      situation: !record.situation || one.situations.includes(record.situation),
      language: one.languages.some((tag) => tag.split("-")[0] === language),
      near: Boolean(record.place?.departement) && one.department === record.place.departement,
      named: named.includes(one.id),
      refused: refusedBy.includes(one.id),
    });
    const place = ({ one, named: is }) => (is ? named.indexOf(one.id) : named.length);
    const open = ({ one, refused }) => Number(one.routable && !refused);
    const weight = (fit) => (fit.situation ? 4 : 0) + (fit.language ? 2 : 0) + (fit.near ? 1 : 0);
    return this.directory.associations
      .filter((one) => one.id !== this.association)
      .map(fits)
      .sort(
        (a, b) =>
          open(b) - open(a) ||
          place(a) - place(b) ||
          weight(b) - weight(a) ||
          a.one.name.localeCompare(b.one.name),
      );
  }

  /** Returns who will read what is passed on: the association, and the national team of its country. */
  readers(target) {
    const team = (one) => one.role === "national_team" && one.country === target.country;
    return [target, ...this.directory.associations.filter((one) => team(one) && one.id !== target.id)];
  }

  /** Returns the keys among them that this device has never seen: a server in bad hands could put its own there. */
  strangers(target) {
    const known = (one) => (one.id === this.association ? this.own : (this.memory.pins.others[one.id] ?? []));
    return this.readers(target).flatMap((one) =>
      one.recipients
        .filter((recipient) => !known(one).includes(recipient))
        .map((recipient) => ({ one, recipient })),
    );
  }

  /** Notes that a person has compared the words of these keys by phone. */
  async trust(strangers) {
    const { others } = this.memory.pins;
    for (const { one, recipient } of strangers) others[one.id] = [...(others[one.id] ?? []), recipient];
    await this.remember();
  }

  async passOn(handoff, opened, target, note) {
    if (this.strangers(target).length > 0) throw new Fault("strange_keys");
    const recipients = [...new Set(this.readers(target).flatMap((one) => one.recipients))];
    const passedOn = { by: this.association, to: target.id, at: this.at(), ...(note ? { note } : {}) };
    const ciphertext = toBase64(await sealOn(opened, recipients, passedOn));
    return this.post(handoff, "pass-on", { association: target.id, ciphertext });
  }

  nameOf(association) {
    return this.directory.associations.find((one) => one.id === association)?.name ?? association;
  }
}

/** Returns the number in the reason `repeated:3`, or null: the server signed it, only those who open it read it. */
function repeatOf(record) {
  const reasons = Array.isArray(record?.routing?.reasons) ? record.routing.reasons : [];
  const number = reasons.map((code) => /^repeated:(\d{1,4})$/.exec(String(code))?.[1]).find(Boolean);
  return number ? Number(number) : null;
}
