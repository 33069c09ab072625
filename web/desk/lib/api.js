// Talks to the server. Every failure becomes a Fault with a code that the page has words for.

import { agree } from "./clock.js";

const TIMEOUT = 20_000;

/** Something that did not work, by a code. */
export class Fault extends Error {
  constructor(code, more = {}) {
    super(code);
    this.code = code;
    Object.assign(this, more);
  }
}

const BY_STATUS = {
  400: "malformed",
  401: "session_expired",
  404: "not_found",
  410: "gone",
  413: "too_long",
  429: "too_many",
};
/** Codes of the server that say the same to a volunteer. */
const SAME = {
  no_session: "session_expired",
  rate_limited: "too_many",
  unavailable: "server",
  too_large: "too_long",
  unknown_association: "not_routable",
  same_association: "not_routable",
  unknown_phrase: "wrong_args",
};

async function faultOf(answer) {
  const problem = await answer.json().catch(() => ({}));
  const named = String(problem.code ?? problem.type ?? "")
    .split(/[/:#]/)
    .pop();
  const known = named && named !== "blank" ? named : BY_STATUS[answer.status];
  const code = SAME[known] ?? known ?? (answer.status >= 500 ? "server" : "refused");
  return new Fault(code, {
    status: answer.status,
    problem,
    retryAfter: Number(answer.headers.get("Retry-After")) || 0,
  });
}

/** One server, with or without a session. */
export class Api {
  constructor(base = "/api/v1") {
    this.base = base;
    this.token = null;
    /** Called when the session is over; returns whether there is a new one. */
    this.renew = null;
  }

  async call(method, path, body) {
    const answer = await this.send(method, path, body);
    if (answer.status === 401 && this.token && this.renew && (await this.renew())) {
      return this.read(await this.send(method, path, body));
    }
    return this.read(answer);
  }

  async read(answer) {
    if (!answer.ok) throw await faultOf(answer);
    if (answer.status === 204) return {};
    const content = await answer.json().catch(() => ({}));
    if (content?.server_time) agree(content.server_time);
    return content;
  }

  async send(method, path, body, { signal, accept = "application/json" } = {}) {
    const abort = new AbortController();
    const timer = signal ? null : setTimeout(() => abort.abort(), TIMEOUT);
    try {
      return await fetch(this.base + path, {
        method,
        headers: {
          Accept: accept,
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        referrerPolicy: "no-referrer",
        signal: signal ?? abort.signal,
      });
    } catch {
      throw new Fault("offline");
    } finally {
      clearTimeout(timer);
    }
  }

  get(path) {
    return this.call("GET", path);
  }
  post(path, body = {}) {
    return this.call("POST", path, body);
  }
}
