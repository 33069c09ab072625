// A stand-in for the server: the desk's static files under the real headers, and the API as the contract has
// it, with real age ciphertexts. Everything stays in memory; tests look into it and stage what they need.

import { createServer } from "node:http";
import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
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
const CHALLENGE = 120_000;
const SESSION = 12 * 3_600_000;
/** How many tokens one answer holds: few, so that every test reads several pages. */
const PAGE = 2;
const OVER = new Set(["done", "revoked", "expired", "passed_on", "declined"]);

class Problem extends Error {
  constructor(status, code, more = {}) {
    super(code);
    Object.assign(this, { status, code, more });
  }
}

const stamp = (moment) => new Date(moment).toISOString().replace(/\.\d+Z$/, "Z");

export class Stage {
  static async open({ trustedTypes = "relais-worker" } = {}) {
    const stage = new Stage();
    Object.assign(stage, await world(), {
      tokens: [],
      challenges: new Map(),
      sessions: new Map(),
      refused: new Set(),
      returns: new Map(),
      version: 0,
      calls: [],
      streams: new Set(),
      skew: 0,
      fail: null,
      page: PAGE,
      trustedTypes,
    });
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
    if (content.return_address) this.returns.set(handoff, content.return_address);
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
    for (const stream of this.streams) stream.write("event: changed\ndata:\n\n");
  }

  /** A colleague takes a request first. */
  async takenBy(handoff, pseudonym) {
    const main = this.main(handoff);
    const claim = await seal(
      this.associations.get(main.association).recipients,
      JSON.stringify({ v: 1, kind: "claim", pseudonym, at: stamp(this.now()) }),
    );
    await this.put(main.association, handoff, "claim", claim);
    main.taker = main.association;
    this.state(handoff, "accepted");
  }

  // HTTP.

  async answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.base);
    try {
      if (pathname.startsWith("/api/v1/")) {
        await this.api(request, response, pathname.slice("/api/v1".length), searchParams);
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

  async api(request, response, path, query) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
    this.calls.push({ method: request.method, path, body });
    const failure = this.fail?.(request.method, path);
    if (failure) throw failure;
    const send = (status, content) => {
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(JSON.stringify(content));
    };
    if (path === "/challenges") return send(200, await this.challenge(body));
    if (path === "/sessions") return send(201, this.session(body));
    const association = this.bearer(request);
    if (request.method === "GET") {
      if (path === "/events") return this.events(response);
      return send(200, this.read(association, path, query));
    }
    if (path === "/pause") {
      association.pausedUntil = body.until;
      return send(200, {});
    }
    const [, handoff, action] = /^\/handoffs\/([0-9a-f]{32})\/([a-z-]+)$/.exec(path) ?? [];
    const main = handoff && this.main(handoff, association.id);
    if (!main) throw new Problem(404, "not_found");
    const [status, content] = await this.act(association, main, action, body);
    return send(status, content);
  }

  async challenge({ association }) {
    const known = this.associations.get(association);
    const recipients = known?.routable
      ? known.recipients
      : await Promise.all([0, 1].map(async () => identityToRecipient(await generateX25519Identity())));
    const [id, secret] = [newId(), randomBytes(32)];
    this.challenges.set(id, { secret, association, until: this.now() + CHALLENGE });
    return { id, challenge: base64(await seal(recipients, secret)) };
  }

  session({ id, answer }) {
    const open = this.challenges.get(id);
    if (!open || open.until < this.now()) throw new Problem(410, "challenge_expired");
    if (open.used) throw new Problem(409, "challenge_used");
    const given = Buffer.from(answer, "base64");
    if (given.length !== 32 || !timingSafeEqual(given, open.secret)) throw new Problem(401, "wrong_answer");
    open.used = true;
    const bearer = base64(randomBytes(24));
    this.sessions.set(bearer, open.association);
    return {
      token: bearer,
      association: open.association,
      expires: stamp(this.now() + SESSION),
      server_time: stamp(this.now()),
    };
  }

  bearer(request) {
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    const id = this.sessions.get(given);
    if (!id) throw new Problem(401, "no_session");
    return this.associations.get(id);
  }

  read(association, path, query) {
    if (path === "/me") {
      return {
        association: association.id,
        name: association.name,
        role: association.role,
        country: association.country,
        paused_until: association.pausedUntil,
        recipients: association.recipients,
        last_proof_on: stamp(this.now()).slice(0, 10),
        server_time: stamp(this.now()),
      };
    }
    if (path === "/directory") {
      const shown = ({
        id,
        name,
        country,
        department,
        role,
        situations,
        languages,
        recipients,
        routable,
        full = false,
      }) => ({ id, name, country, department, role, situations, languages, recipients, routable, full });
      return {
        associations: [...this.associations.values()].map(shown),
        server_key: this.signing.key,
        server_keys: [this.signing.key, ...(this.earlierKeys ?? [])],
        server_recipient: "",
        phrases_version: 1,
      };
    }
    if (path === "/handoffs") {
      const since = Number(query.get("since") ?? 0);
      const all = this.tokens
        .filter((one) => one.association === association.id && one.version > since)
        .sort((a, b) => a.version - b.version);
      const page = all.slice(0, this.page);
      const tokens = page.map(({ version, association: _, record: __, taker, stopped, ...shown }) => ({
        ...shown,
        ...(shown.kind === "handoff"
          ? {
              own: true,
              stopped: Boolean(stopped),
              refused_by: [...this.associations.keys()].filter((id) =>
                this.refused.has(`${shown.handoff} ${id}`),
              ),
              taken_by: taker ?? null,
            }
          : {}),
      }));
      const cursor = String(page[page.length - 1]?.version ?? since);
      return { cursor, more: all.length > page.length, server_time: stamp(this.now()), tokens };
    }
    throw new Problem(404, "not_found");
  }

  events(response) {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(": here\n\n");
    this.streams.add(response);
    response.on("close", () => this.streams.delete(response));
  }

  async act(association, main, action, body) {
    const { handoff } = main;
    const own = (kind, ciphertext, more) =>
      this.put(association.id, handoff, kind, Buffer.from(ciphertext, "base64"), more);
    if (main.state === "revoked") throw new Problem(410, "withdrawn");
    if (action === "read") {
      main.seen = true;
      return [200, { state: main.state }];
    }
    if (action === "notes") {
      await own("note", body.ciphertext);
      return [201, {}];
    }
    if (OVER.has(main.state) && !(action === "accept" && main.state === "declined")) {
      throw new Problem(409, "not_open", { state: main.state });
    }
    switch (action) {
      case "accept": {
        if (main.taker && main.taker !== association.id) {
          throw new Problem(409, "already_accepted", { by: main.taker });
        }
        if (main.state === "accepted") {
          const first = this.tokens.find((one) => one.handoff === handoff && one.kind === "claim");
          throw new Problem(409, "already_accepted", { by: association.id, claim: first.ciphertext });
        }
        main.taker = association.id;
        this.state(handoff, "accepted", association.id);
        await own("claim", body.claim);
        return [200, { state: "accepted" }];
      }
      case "decline":
        this.refused.add(`${handoff} ${association.id}`);
        this.state(handoff, "declined", association.id);
        return [200, { state: "declined" }];
      case "close":
        this.state(handoff, "done", association.id);
        return [200, { state: "done" }];
      case "messages": {
        if (body.return_address !== this.returns.get(handoff)) throw new Problem(422, "not_this_request");
        const kept = await own("reply", body.copy, { delivery: "queued" });
        return [
          202,
          { id: kept.id, delivery: "queued", ...(this.notBefore ? { not_before: this.notBefore } : {}) },
        ];
      }
      case "pass-on": {
        const target = this.associations.get(body.association);
        if (!target?.routable) throw new Problem(422, "not_routable");
        if (this.refused.has(`${handoff} ${target.id}`)) throw new Problem(409, "refused_before");
        this.state(handoff, "passed_on", association.id);
        await this.put(target.id, handoff, "handoff", Buffer.from(body.ciphertext, "base64"), {
          respond_by: this.now() + 4 * 3_600_000,
        });
        return [201, {}];
      }
      default:
        throw new Problem(404, "not_found");
    }
  }
}

export const problem = (status, code) => new Problem(status, code);
