// The API of the stand-in, as docs/desk-api.md has it.

import { createHash, createHmac, createPublicKey, randomBytes, sign, timingSafeEqual, verify } from "node:crypto";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { act } from "./acting.mjs";
import { Problem } from "./problem.mjs";
import { stamp } from "./server.mjs";
import { base64, newId, seal } from "./world.mjs";

const CHALLENGE = 120_000;
const SESSION = 12 * 3_600_000;
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

const sha256 = (bytes) => createHash("sha256").update(bytes).digest();

/** Checks an Ed25519 signature; key and signature are base64. */
export function fits(signature, key, text) {
  const der = Buffer.concat([SPKI, Buffer.from(key, "base64")]);
  const point = createPublicKey({ key: der, format: "der", type: "spki" });
  return verify(null, Buffer.from(text), point, Buffer.from(signature ?? "", "base64"));
}

export async function api(stage, request, response, path, query) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  const body = raw.length > 0 ? JSON.parse(raw.toString()) : {};
  const { method, url, headers } = request;
  stage.calls.push({ method, path, body, url, headers, raw: raw.toString() });
  const failure = stage.fail?.(method, path);
  if (failure) throw failure;
  const send = (status, content) => {
    const said = stage.lie?.(method, path, content) ?? content;
    const empty = status === 204 && said === content;
    response.writeHead(empty ? 204 : status === 204 ? 200 : status, { "Content-Type": "application/json" });
    response.end(empty ? "" : typeof said === "string" ? said : JSON.stringify(said));
  };
  const call = { stage, method, path, query, body, raw, headers };
  if (method === "GET" && path === "/extract") return send(200, stage.extract);
  if (method === "POST" && path === "/challenges") return send(200, await challenge(call));
  if (method === "POST" && path === "/sessions") return send(201, session(call));
  const viewer = bearer(call);
  if (method === "GET" && path === "/events") return events(stage, response);
  if (method === "GET") return send(200, read(call, viewer));
  checkAct(call, viewer);
  if (method === "DELETE" && path === "/sessions") {
    stage.sessions.delete(viewer.token);
    return send(204, {});
  }
  const [status, content] = await act(call, viewer);
  return send(status, content);
}

async function challenge({ stage, body: { association, origin } }) {
  if (origin !== (stage.origin ?? stage.base)) throw new Problem(422, "wrong_origin");
  const known = stage.associations.get(association);
  const removed = known?.removals.map(({ device }) => device) ?? [];
  const recipients = known?.routable
    ? known.recipients.filter((name) => !removed.includes(name))
    : await Promise.all([0, 1].map(async () => identityToRecipient(await generateX25519Identity())));
  const [id, secret] = [newId(), randomBytes(32)];
  stage.challenges.set(id, { secret, association, origin, until: stage.now() + CHALLENGE });
  const lines = ["relais desk challenge v2", stage.signing.key, origin, association, id, base64(secret)];
  const file = await seal(recipients, `${lines.join("\n")}\n`);
  return stage.challengeOf ? stage.challengeOf({ id, file }) : { id, ...signedChallenge(stage, file) };
}

/** A challenge under the server's name. */
export function signedChallenge({ signing }, file) {
  const text = Buffer.concat([Buffer.from("relais desk challenge signature v2\n"), file]);
  return { challenge: base64(file), signature: base64(sign(null, text, signing.privateKey)) };
}

function session({ stage, body: { id, proof, device, signature } }) {
  const open = stage.challenges.get(id);
  if (!open || open.until < stage.now()) throw new Problem(410, "challenge_expired");
  if (open.used) throw new Problem(409, "challenge_used");
  const { origin, association, secret } = open;
  const server = stage.signing.key;
  const proved = ["relais desk proof v2", origin, association, id, server].join("\n");
  const wanted = createHmac("sha256", secret).update(proved).digest();
  const given = Buffer.from(proof, "base64");
  if (given.length !== 32 || !timingSafeEqual(given, wanted)) throw new Problem(401, "wrong_answer");
  const known = stage.associations.get(association).devices.find((one) => one.recipient === device);
  const named = ["relais desk device v2", origin, association, id, server, device].join("\n");
  if (known && !fits(signature, known.signing, named)) throw new Problem(401, "wrong_answer");
  open.used = true;
  const token = base64(randomBytes(24));
  stage.sessions.set(token, { token, association, device: known ?? null, origin });
  return {
    token,
    association,
    device: known ? device : null,
    expires: stamp(stage.now() + SESSION),
    server_time: stamp(stage.now()),
  };
}

function bearer({ stage, headers }) {
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  const viewer = stage.sessions.get(given);
  if (!viewer) throw new Problem(401, "no_session");
  return { ...viewer, association: stage.associations.get(viewer.association) };
}

/** Every act carries the name of the device, where the session has one. */
function checkAct({ method, path, raw, headers }, { token, device, association, origin }) {
  if (!device) return;
  const hashes = [raw, token].map((part) => base64(sha256(part)));
  const text = ["relais desk act v1", origin, association.id, method, `/api/v1${path}`, ...hashes, ""].join("\n");
  if (!fits(headers["relais-signature"], device.signing, text)) throw new Problem(403, "act_not_signed");
}

function events(stage, response) {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  response.write(": here\n\n");
  stage.streams.add(response);
  response.on("close", () => stage.streams.delete(response));
}

function read({ stage, path, query }, { association }) {
  switch (path) {
    case "/me":
      return {
        association: association.id,
        paused_until: association.pausedUntil,
        last_proof_on: stamp(stage.now()).slice(0, 10),
        server_time: stamp(stage.now()),
      };
    case "/directory":
      return {
        extract: stage.list,
        associations: [...stage.associations.values()].map(hint),
        limits: stage.limits,
        phrases_version: 1,
      };
    case "/devices": {
      const removed = (recipient) => association.removals.find(({ device }) => device === recipient);
      const devices = association.recipients.map((recipient) => {
        const known = association.devices.find((one) => one.recipient === recipient);
        const { signing, coordinator = false } = known ?? {};
        return { recipient, signing, coordinator, removed_at: removed(recipient)?.at };
      });
      const all = [...stage.associations.values()];
      const removals = all.flatMap((one) => one.removals.map((removal) => ({ association: one.id, ...removal })));
      return { devices, removals };
    }
    case "/handoffs":
      return handoffs(stage, association, Number(query.get("since") ?? 0));
    default:
      throw new Problem(404, "not_found");
  }
}

const hint = ({ id, department, situations, languages, routable, full = false }) => ({
  id,
  department,
  situations,
  languages,
  routable,
  full,
});

function handoffs(stage, association, since) {
  const all = stage.tokens
    .filter((one) => one.association === association.id && one.version > since)
    .sort((a, b) => a.version - b.version);
  const page = all.slice(0, stage.page);
  const tokens = page.map(({ version, association: _, record: __, taker, stopped, ...shown }) => ({
    ...shown,
    ...(shown.kind === "handoff"
      ? {
          own: true,
          stopped: Boolean(stopped),
          refused_by: [...stage.associations.keys()].filter((id) =>
            stage.refused.has(`${shown.handoff} ${id}`),
          ),
          taken_by: taker ?? null,
        }
      : {}),
  }));
  const cursor = String(page[page.length - 1]?.version ?? since);
  const more = all.length > page.length;
  return { cursor, more, extract: stage.listed, server_time: stamp(stage.now()), tokens };
}
