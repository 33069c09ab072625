// One device at one server: what it trusts, the session it holds, and the signed list that it follows.

import { Api } from "./api.js";
import { readDevices, readDirectory, readMe, readSession } from "./answers.js";
import { unseal } from "./age.js";
import { nameUnder, proofWith, readChallenge, secretIn, signerOf } from "./challenge.js";
import { now } from "./clock.js";
import { Device } from "./device.js";
import { Fault, untrusted } from "./fault.js";
import { Removals, removalOf } from "./removals.js";
import { SignedList } from "./signed-list.js";
import { follow, isPast, later, readExtract, trustFirst } from "./trust.js";
import { keep, keepStop, load, openMemory, sealMemory } from "./vault.js";

const READ_KEPT = 2_000;

export class Session {
  constructor(profile, key, api = new Api()) {
    Object.assign(this, { profile, key, api, association: key.association, device: new Device(key) });
    this.memory = null;
    this.read = new Set();
    this.head = null;
    this.list = null;
    this.hints = new Map();
    this.limits = { text: 0 };
    this.removals = new Removals();
    this.me = null;
    /** Set by the screen that is shown: called with the reason, and when the server ended the session. */
    this.onstop = null;
    this.onsignedout = null;
    api.onsignedout = () => this.onsignedout?.();
    api.ondistrust = (why) => {
      this.stopping = keepStop({ why, at: new Date().toISOString() });
      this.onstop?.(why);
    };
  }

  get trust() {
    return this.memory?.trust ?? null;
  }
  get pseudonym() {
    return this.memory?.pseudonym || this.key.pseudonym;
  }
  /** One's own association as it was signed. */
  get own() {
    return this.list.find(this.association);
  }
  /**
   * The devices whose signatures count: those of the signed list, without those that were taken out. Whoever has one
   * of these now could write under any date.
   */
  get signers() {
    const { list, removals } = this;
    return { device: (...name) => (removals.of(...name) ? null : list.device(...name)) };
  }
  /** What a paper or a removal of one's own is bound to. */
  get place() {
    return { service: this.trust.service, association: this.association };
  }

  /** Reads what this device remembers; a fault `memory_broken` where it does not open. */
  async wake() {
    this.memory = await openMemory(this.key, this.profile.memory);
    this.read = new Set(this.memory.read);
  }

  async remember() {
    const stored = await load();
    if (stored?.memory && stored.memory !== this.profile.memory) await this.meet(stored.memory);
    this.memory.read = [...this.read].slice(-READ_KEPT);
    this.profile.memory = await sealMemory(this.key, this.memory);
    await keep(this.profile);
  }

  /** Another tab may have read more, and followed a newer list: this one must not take it back. */
  async meet(sealed) {
    const theirs = await openMemory(this.key, sealed).catch(() => null);
    if (!theirs) return;
    for (const id of theirs.read) this.read.add(id);
    this.memory.trust = later(theirs.trust, this.memory.trust);
  }

  /** Runs what may meet an attack: from then on nothing is sent, also after a new start, until a person acts. */
  async guarded(work) {
    try {
      return await work();
    } catch (fault) {
      if (fault?.code === "untrusted") this.api.stop(fault.why);
      // It must also hold after a new start.
      await this.stopping;
      throw fault;
    }
  }

  /** Begins to trust the signers whose words were typed; returns what was checked. */
  trustWords(words) {
    return this.guarded(async () => {
      const extract = readExtract(await this.api.get("/extract"));
      const { trust, head } = await trustFirst(extract, words, this.trust);
      Object.assign(this, { head });
      this.memory.trust = trust;
      await this.remember();
      return trust;
    });
  }

  /** Takes the newest head, and nothing older than what is known. */
  async learnHead() {
    const before = this.trust;
    const { trust, head } = follow(before, readExtract(await this.api.get("/extract")));
    this.head = head;
    this.memory.trust = trust;
    if (trust.head !== before.head) await this.remember();
  }

  /** Fetches the signed list anew. One fetch runs at a time, and whoever asks meanwhile waits for it. */
  followList() {
    this.following ??= this.guarded(() => this.learnList()).finally(() => {
      this.following = null;
    });
    return this.following;
  }

  async learnList() {
    await this.learnHead();
    let directory = readDirectory(await this.api.get("/directory"));
    try {
      this.list = SignedList.read(directory.extract, this.head);
    } catch {
      // It may have been replaced between the two calls: once more, and then it must fit.
      await this.learnHead();
      directory = readDirectory(await this.api.get("/directory"));
      this.list = SignedList.read(directory.extract, this.head);
    }
    Object.assign(this, { hints: directory.hints, limits: directory.limits });
  }

  /** Proves that this device can decrypt for the association, and takes a session. Only on an act of a person. */
  async prove() {
    const { api, association, device } = this;
    const { origin } = api;
    api.token = null;
    const challenge = readChallenge(await api.post("/challenges", { association, origin }));
    let serverKey = signerOf(challenge, this.trust.serverKeys);
    if (!serverKey) {
      await this.learnHead();
      serverKey = signerOf(challenge, this.trust.serverKeys);
    }
    if (!serverKey) throw untrusted("key");
    const place = { serverKey, origin, association, id: challenge.id };
    const plaintext = await unseal(this.key.identity, challenge.file).catch(() => {
      throw new Fault("key_does_not_fit");
    });
    const proof = proofWith(secretIn(plaintext, place), place);
    const answer = await api.post("/sessions", {
      id: challenge.id,
      proof,
      device: device.recipient,
      signature: nameUnder(device, place),
    });
    const session = readSession(answer, { association, device: device.recipient });
    api.token = session.token;
    api.signer = session.signs ? { device, association } : null;
  }

  /** Signs in, and learns the list and what stands at the server. */
  signIn() {
    return this.guarded(async () => {
      await this.prove();
      await this.followList();
      if (!this.own?.recipients.includes(this.key.recipient)) throw new Fault("key_does_not_fit");
      this.me = readMe(await this.api.get("/me"));
      await this.learnRemovals();
    });
  }

  /** Ends the session at the server; returns whether the server heard it. The call outlives the page. */
  signOut() {
    const { api } = this;
    if (!api.token || api.stopped) return Promise.resolve(true);
    const ended = api.send("DELETE", "/sessions", undefined, { keepalive: true });
    api.token = null;
    return ended.then(
      ({ ok, status }) => ok || status === 401,
      () => false,
    );
  }

  async learnRemovals() {
    const told = readDevices(await this.api.get("/devices"));
    this.removals = new Removals(told, { list: this.list, ...this.place });
  }

  /** Ends every session of a device of the association. */
  signOutDevice(device) {
    return this.guarded(() => this.api.post("/devices/sign-out", { device }));
  }

  /** Takes another device out of the association at once; only a coordinator's word counts. */
  async removeDevice(removed) {
    const removal = removalOf(this.device, { ...this.place, removed, at: this.at() });
    await this.guarded(() => this.api.post("/devices/remove", removal));
    await this.learnRemovals();
  }

  at() {
    return new Date(now()).toISOString().replace(/\.\d+Z$/, "Z");
  }

  /** Whether the last day of the list has passed. The later of two clocks counts: one may be wound back. */
  get listIsPast() {
    return this.head !== null && isPast(this.head, Math.max(now(), Date.now()));
  }

  /** Returns the keys of associations to seal to, without the devices that were taken out. */
  async recipientsOf(...associations) {
    if (this.listIsPast) throw new Fault("list_past");
    // Who was removed a moment ago must not read what is sealed now; without a word from the server the known stands.
    await this.learnRemovals().catch((fault) => {
      if (["untrusted", "session_expired"].includes(fault.code)) throw fault;
    });
    const kept = (one) => one.recipients.filter((name) => !this.removals.of(one.id, name));
    return [...new Set(associations.flatMap(kept))];
  }
}
