// Talks to the server. Every failure becomes a Fault with a code that the page has words for.

import { sha256 } from "../vendor/age.js";
import { bytesOf, toBase64 } from "./bytes.js";
import { agree } from "./clock.js";
import { Fault, untrusted } from "./fault.js";

const ROOT = "/api/v1";
const TIMEOUT = 20_000;
/** How a server names a fault; whatever else it writes there is not shown to anybody. */
const CODE = /^[a-z0-9_]{1,40}$/;

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
  no_key: "key_does_not_fit",
  unknown_association: "not_routable",
  same_association: "not_routable",
  unknown_phrase: "wrong_args",
};

async function faultOf(answer) {
  const problem = await answer.json().catch(() => null);
  const given = problem?.code ?? problem?.type;
  const named = typeof given === "string" ? given.split(/[/:#]/).pop() : "";
  const known = CODE.test(named) && named !== "blank" ? named : BY_STATUS[answer.status];
  const code = SAME[known] ?? known ?? (answer.status >= 500 ? "server" : "refused");
  // A server that could say so itself would have the page blame it for everything.
  return new Fault(code === "untrusted" ? "refused" : code, {
    status: answer.status,
    problem: problem !== null && typeof problem === "object" ? problem : {},
    retryAfter: Number(answer.headers.get("Retry-After")) || 0,
  });
}

/** What is asked for without a session. Whatever else a person or the page does needs one. */
const OPEN = ["/challenges", "/sessions", "/extract"];

/** One server, with or without a session. */
export class Api {
  constructor(site = "", origin = globalThis.location?.origin) {
    this.base = site + ROOT;
    /** The origin that this device talks to: it stands in every proof and under every act. */
    this.origin = origin;
    this.token = null;
    /** The device whose name stands under what this session does, or null. */
    this.signer = null;
    /** Why nothing goes out any more, or null. */
    this.stopped = null;
    /** Called when the server ended the session. */
    this.onsignedout = null;
    /** Called with the reason when an answer shows that the server cannot be trusted. */
    this.ondistrust = null;
  }

  /** From now on nothing is sent. */
  stop(why) {
    if (this.stopped) return;
    this.stopped = why;
    this.token = null;
    this.ondistrust?.(why);
  }

  async call(method, path, body) {
    const { token } = this;
    if (!token && !OPEN.includes(path)) throw new Fault(this.stopped ? "untrusted" : "session_expired");
    const answer = await this.send(method, path, body);
    if (answer.status === 401 && token && token === this.token) {
      this.token = null;
      this.onsignedout?.();
    }
    return this.read(answer);
  }

  async read(answer) {
    if (!answer.ok) throw await faultOf(answer);
    const text = await answer.text().catch(() => {
      throw new Fault("offline");
    });
    const content = text === "" ? {} : parse(text);
    if (content === null) {
      this.stop("answer");
      throw untrusted("answer");
    }
    if (typeof content.server_time === "string") agree(content.server_time);
    return content;
  }

  async send(method, path, body, { signal, accept = "application/json", keepalive = false } = {}) {
    if (this.stopped) throw untrusted(this.stopped);
    const abort = new AbortController();
    const timer = signal ? null : setTimeout(() => abort.abort(), TIMEOUT);
    const text = body === undefined ? "" : JSON.stringify(body);
    try {
      return await fetch(this.base + path, {
        method,
        headers: {
          Accept: accept,
          ...(text ? { "Content-Type": "application/json" } : {}),
          ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}),
          ...this.signature(method, path, text),
        },
        body: text || undefined,
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        referrerPolicy: "no-referrer",
        keepalive,
        signal: signal ?? abort.signal,
      });
    } catch {
      throw new Fault("offline");
    } finally {
      clearTimeout(timer);
    }
  }

  /** The device's name under an act: over exactly the bytes that are sent. */
  signature(method, path, text) {
    if (method === "GET" || !this.token || !this.signer) return {};
    const [body, token] = [text, this.token].map((part) => toBase64(sha256(bytesOf(part))));
    const lines = ["relais desk act v1", this.origin, this.signer.association, method, ROOT + path, body, token];
    return { "Relais-Signature": this.signer.device.sign(`${lines.join("\n")}\n`) };
  }

  get(path) {
    return this.call("GET", path);
  }
  post(path, body = {}) {
    return this.call("POST", path, body);
  }
}

function parse(text) {
  try {
    const content = JSON.parse(text);
    return content !== null && typeof content === "object" && !Array.isArray(content) ? content : null;
  } catch {
    return null;
  }
}
