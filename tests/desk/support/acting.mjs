// What a volunteer does at the stand-in.

import { Problem } from "./problem.mjs";

const OVER = new Set(["done", "revoked", "expired", "passed_on", "declined"]);

export async function act({ stage, path, body }, viewer) {
  const { association } = viewer;
  if (path === "/pause") {
    association.pausedUntil = body.until;
    return [200, { paused_until: body.until }];
  }
  if (path.startsWith("/devices/")) return onDevice(stage, path, body, viewer);
  const [, handoff, action] = /^\/handoffs\/([0-9a-f]{32})\/([a-z-]+)$/.exec(path) ?? [];
  const main = handoff && stage.main(handoff, association.id);
  if (!main) throw new Problem(404, "not_found");
  return onRequest(stage, association, main, action, body);
}

function onDevice(stage, path, body, { association, device }) {
  const others = body.device !== device?.recipient;
  if (others && !device?.coordinator) throw new Problem(403, "not_coordinator");
  for (const [token, session] of stage.sessions) {
    if (session.association === association.id && session.device?.recipient === body.device) {
      stage.sessions.delete(token);
    }
  }
  if (path === "/devices/remove") association.removals.push(body);
  return [204, {}];
}

async function onRequest(stage, association, main, action, body) {
  const { handoff } = main;
  const own = (kind, ciphertext, more) =>
    stage.put(association.id, handoff, kind, Buffer.from(ciphertext, "base64"), more);
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
        const first = stage.tokens.find((one) => one.handoff === handoff && one.kind === "claim");
        throw new Problem(409, "already_accepted", { by: association.id, claim: first.ciphertext });
      }
      main.taker = association.id;
      stage.state(handoff, "accepted", association.id);
      await own("claim", body.claim);
      return [200, { state: "accepted" }];
    }
    case "decline":
      stage.refused.add(`${handoff} ${association.id}`);
      stage.state(handoff, "declined", association.id);
      return [200, { state: "declined" }];
    case "close":
      stage.state(handoff, "done", association.id);
      return [200, { state: "done" }];
    case "messages": {
      if (main.state !== "accepted") throw new Problem(409, "not_accepted");
      const way = stage.returns.get(handoff);
      if (way === null) throw new Problem(409, "no_messages");
      if (body.return_address !== way && stage.earlier.has(body.return_address)) {
        throw new Problem(409, "reach_changed");
      }
      if (body.return_address !== way) throw new Problem(422, "not_this_request");
      const kept = await own("reply", body.copy, { delivery: "queued" });
      return [
        202,
        { id: kept.id, delivery: "queued", ...(stage.notBefore ? { not_before: stage.notBefore } : {}) },
      ];
    }
    case "pass-on": {
      const target = stage.associations.get(body.association);
      if (!target?.routable) throw new Problem(422, "not_routable");
      if (stage.refused.has(`${handoff} ${target.id}`)) throw new Problem(409, "refused_before");
      stage.state(handoff, "passed_on", association.id);
      await stage.put(target.id, handoff, "handoff", Buffer.from(body.ciphertext, "base64"), {
        respond_by: stage.now() + 4 * 3_600_000,
      });
      return [201, {}];
    }
    default:
      throw new Problem(404, "not_found");
  }
}
