// A stand-in for the server: the desk's static files under the real headers, and the API as the contract has
// it, with real age ciphertexts. Everything stays in memory; tests look into it and stage what they need.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { api } from "./api.mjs";
import { Problem } from "./problem.mjs";
import { deviceOf, extract, fingerprint, listText, paper } from "./signed.mjs";
import { base64, newId, record, seal, token, world } from "./world.mjs";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
export const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "font-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors https://web.telegram.org",
  "require-trusted-types-for 'script'",
];
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".txt": "text/plain; charset=utf-8",
  ".ftl": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};
/** How many tokens one answer holds: few, so that every test reads several pages. */
const PAGE = 2;

export const stamp = (moment) => new Date(moment).toISOString().replace(/\.\d+Z$/, "Z");

export class Stage {
  static async open({ trustedTypes = "relais-worker" } = {}) {
    const stage = new Stage();
    Object.assign(stage, await world(), {
      tokens: [],
      challenges: new Map(),
      sessions: new Map(),
      refused: new Set(),
      // How a person is reached now, and the return addresses that held before.
      returns: new Map(),
      earlier: new Set(),
      version: 0,
      calls: [],
      streams: new Set(),
      skew: 0,
      fail: null,
      lie: null,
      page: PAGE,
      listed: 0,
      earlierKeys: [],
      trustedTypes,
    });
    stage.publish();
    stage.http = createServer((request, response) => stage.answer(request, response));
    await new Promise((resolve) => stage.http.listen(0, "127.0.0.1", resolve));
    stage.base = `http://localhost:${stage.http.address().port}`;
    return stage;
  }

  close() {
    for (const stream of this.streams) stream.end();
    this.http.closeAllConnections();
    return new Promise((resolve) => this.http.close(resolve));
  }

  now() {
    return Date.now() + this.skew;
  }
  get lyon() {
    return this.associations.get("relais-lyon");
  }
  get national() {
    return this.associations.get("nationale");
  }

  // The signed list.

  /** Signs and hands out a new list of what there is now; `more` changes what stands in its head. */
  publish(more = {}) {
    this.listed += 1;
    this.list = listText(this.associations.values());
    this.extract = extract(this.list, {
      service: this.service,
      version: this.listed,
      serverKeys: [this.signing.key, ...this.earlierKeys],
      signers: this.signers,
      threshold: this.threshold,
      signedBy: this.signers.slice(0, this.threshold),
      ...more,
    });
    return this.extract;
  }

  /** The words on the operator's paper. */
  get words() {
    return fingerprint(this, this.signing.key);
  }

  /** The operator lists another device of an association. */
  async enlist(id, identity, { signs = true, coordinator = false } = {}) {
    const association = this.associations.get(id);
    const device = { ...(await deviceOf(identity)), coordinator };
    association.recipients.push(device.recipient);
    if (signs) association.devices.push(device);
    this.publish();
    return device;
  }

  // What a test stages.

  /** A new request for an association; returns its handoff id. */
  async request(more = {}, { association = "relais-lyon", minutes = 240, hoursAgo = 0, ...sealing } = {}) {
    const handoff = newId();
    const content = record(handoff, this.now() - hoursAgo * 3_600_000, more);
    if (content.return_address) this.returns.set(handoff, content.return_address);
    const recipients = [...this.associations.get(association).recipients, ...this.national.recipients];
    await this.put(association, handoff, "handoff", await token(content, recipients, this.signing, sealing), {
      respond_by: this.now() + minutes * 60_000,
      received: content.received,
      record: content,
    });
    return handoff;
  }

  /** A further piece of the person's. */
  async piece(handoff, kind, more = {}, sealing = {}) {
    const main = this.main(handoff);
    const { locale, contact, return_address: returnAddress, sign } = main.record;
    const content = {
      ...record(handoff, this.now()),
      who: undefined,
      age: "unknown",
      situation: undefined,
      needs: [],
      place: {},
      distance: "near",
      spoken_languages: [],
      routing: { reasons: [] },
      locale,
      contact,
      return_address: returnAddress,
      sign,
      kind,
      ...more,
    };
    if (Number.isInteger(content.reach_no) && !content.elsewhere) {
      this.earlier.add(this.returns.get(handoff));
      this.returns.set(handoff, content.return_address ?? null);
    }
    const recipients = [...this.associations.get(main.association).recipients, ...this.national.recipients];
    await this.put(main.association, handoff, kind, await token(content, recipients, this.signing, sealing));
  }

  /** The person takes a request back: what was kept is gone, and those who had it are told that alone. */
  async withdraw(handoff) {
    const main = this.main(handoff);
    const { v, received, sign } = main.record;
    const content = { v, kind: "withdrawal", handoff, received, sign };
    for (const token of this.tokens.filter((one) => one.handoff === handoff)) {
      Object.assign(token, { state: "revoked", ciphertext: "", version: (this.version += 1) });
    }
    const { recipients } = this.associations.get(main.association);
    await this.put(main.association, handoff, "withdrawal", await token(content, recipients, this.signing));
  }

  async put(association, handoff, kind, ciphertext, more = {}) {
    const hour = Math.floor(this.now() / 3_600_000) * 3_600_000;
    this.tokens.push({
      id: newId(),
      association,
      handoff,
      kind,
      state: "pending",
      ciphertext: ciphertext && base64(ciphertext),
      received: more.received ?? stamp(hour),
      respond_by: stamp(more.respond_by ?? this.now() + 3_600_000),
      expires_on: stamp(this.now() + 7 * 86_400_000).slice(0, 10),
      audience: "association",
      version: (this.version += 1),
      record: more.record,
      delivery: more.delivery,
    });
    this.changed();
    return this.tokens[this.tokens.length - 1];
  }

  main(handoff, association) {
    return this.tokens.find(
      (one) =>
        one.handoff === handoff &&
        one.kind === "handoff" &&
        (!association || one.association === association),
    );
  }

  state(handoff, state, association) {
    const main = this.main(handoff, association);
    Object.assign(main, { state, version: (this.version += 1) });
    this.changed();
  }

  changed() {
    for (const stream of this.streams) stream.write("data: changed\n\n");
  }

  /** Something that the association wrote down; `device` null where nobody signed it. */
  async paper(handoff, content, { device, sealTo, ...more } = {}) {
    const { association } = this.main(handoff);
    const known = this.associations.get(association);
    const by = device === undefined ? known.devices[1] : device;
    const text = paper(content, { service: this.service, association, handoff, device: by });
    await this.put(association, handoff, content.kind, await seal(sealTo ?? known.recipients, text), more);
  }

  /** A colleague takes a request first. */
  async takenBy(handoff, pseudonym, how = {}) {
    const main = this.main(handoff);
    await this.paper(handoff, { kind: "claim", pseudonym, at: stamp(this.now()) }, how);
    main.taker = main.association;
    this.state(handoff, "accepted");
  }

  // HTTP.

  async answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.base);
    try {
      if (pathname.startsWith("/api/v1/")) {
        await api(this, request, response, pathname.slice("/api/v1".length), searchParams);
      } else {
        await this.file(response, pathname);
      }
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      const body = {
        type: `urn:relais:problem:${fault.code}`,
        title: fault.code,
        status: fault.status,
        code: fault.code,
        ...fault.more,
      };
      response.writeHead(fault.status, {
        "Content-Type": "application/problem+json",
        ...(fault.status === 429 ? { "Retry-After": "120" } : {}),
      });
      response.end(JSON.stringify(body));
    }
  }

  async file(response, pathname) {
    const inside =
      pathname === "/desk" || pathname === "/desk/"
        ? "index.html"
        : normalize(pathname).replace(/^\/desk\//, "");
    const localized = /^locales\/([a-z-]+)\/([a-z-]+\.ftl)$/i.exec(inside);
    const path = localized
      ? join(ROOT, "locales", localized[1], localized[2])
      : join(ROOT, "web/desk", inside);
    const bytes = pathname.startsWith("/desk") ? await readFile(path).catch(() => null) : null;
    if (!bytes) throw new Problem(404, "not_found");
    response.writeHead(200, {
      "Content-Type": TYPES[extname(path)] ?? "application/octet-stream",
      "Content-Security-Policy": [...CSP, `trusted-types ${this.trustedTypes}`].join("; "),
      "Referrer-Policy": "no-referrer",
      "Cross-Origin-Opener-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
      "Service-Worker-Allowed": "/desk",
    });
    response.end(bytes);
  }
}

export const problem = (status, code, more) => new Problem(status, code, more);
