// What a lying server wants to have opened: everything that is sealed to a device, each with a word in it that
// must never leave.

import { paper } from "./signed.mjs";
import { newAddress, newId, passedBy, record, seal, token } from "./world.mjs";

/** Seals one of each kind to the first association; returns the ciphertexts by name, and the secrets inside. */
export async function loot(stage) {
  const { recipients, devices } = stage.lyon;
  const handoff = newId();
  const secrets = {
    "the person's words": "canary-words-of-the-person-51",
    "the return address": newAddress(),
    "a note": "canary-note-of-a-colleague-52",
    "a pseudonym": "canary-pseudonym-53",
    "an answer": "canary-answer-to-the-person-54",
    "a passed on note": "canary-note-of-who-passed-on-55",
  };
  const body = secrets["the person's words"];
  const content = record(handoff, stage.now(), { body, return_address: secrets["the return address"] });
  const place = { service: stage.service, association: "relais-lyon", handoff, device: devices[1] };
  const wrote = (more) => seal(recipients, paper({ pseudonym: secrets["a pseudonym"], ...more }, place));
  const marseille = stage.associations.get("abri-marseille");
  const third = {
    passed_on: { by: marseille.id, to: "relais-lyon", at: "2026-11-26T10:00:00Z", note: secrets["a passed on note"] },
    recipients,
  };
  const sealed = {
    request: await token(content, recipients, stage.signing),
    addition: await token({ ...content, kind: "addition" }, recipients, stage.signing),
    message: await token({ ...content, kind: "message" }, recipients, stage.signing),
    "what was passed on": await token(content, marseille.recipients, stage.signing, {
      third,
      passer: passedBy(marseille.devices[0]),
      sealTo: recipients,
    }),
    claim: await wrote({ kind: "claim" }),
    note: await wrote({ kind: "note", text: secrets["a note"] }),
    copy: await wrote({ kind: "reply", text: secrets["an answer"] }),
  };
  return { handoff, sealed, secrets };
}
