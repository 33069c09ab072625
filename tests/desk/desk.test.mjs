// The volunteer's work: the list, a request, taking it, answering, and letting go of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { generateX25519Identity } from "age-encryption";
import {
  LAPTOP,
  PASSPHRASE,
  PHONE,
  assertAccessible,
  assertClean,
  assertFits,
  openPage,
  plain,
  press,
  signIn,
} from "./support/browser.mjs";
import { browser, eachTest, page, stage } from "./support/page.mjs";
import { fits } from "./support/api.mjs";
import { problem } from "./support/server.mjs";
import { newAddress, newId, record, seal, signingKey, token, unseal } from "./support/world.mjs";

eachTest({ size: LAPTOP });

const open = async (handoff) => {
  await page.locator(`[data-handoff="${handoff}"]`).click();
  await page.locator(".request .actions button, .request .alerts p").first().waitFor();
};
const pane = async () => plain(await page.locator(".pane").textContent());
const pile = (name) => page.locator(".piles button", { hasText: name });
const lastCall = (end) =>
  stage.calls.filter(({ path, method }) => method === "POST" && path.endsWith(end)).pop();
/** What a colleague reads in a paper: its line, after the name under it was checked. */
const own = async (handoff, base64text) => {
  const { id, identities, devices } = stage.lyon;
  const text = (await unseal(identities[1], Buffer.from(base64text, "base64"))).toString();
  const [line, under, end] = text.split("\n");
  const { device, signature } = JSON.parse(under);
  assert.deepEqual([device, end], [devices[0].recipient, ""]);
  const domain = `relais desk paper v1\n${stage.service}\n${id}\n${handoff}\n`;
  assert.ok(fits(signature, devices[0].signing, domain + line), "the device signs what it writes");
  return JSON.parse(line);
};
const action = (name) => page.locator(".actions").getByRole("button", { name, exact: true }).click();
const submit = (name) => page.locator(".panel .row-end").getByRole("button", { name }).click();

test("the list shows the sign, the age and the time left, most pressing first, and nothing else", async () => {
  const calm = await stage.request({ danger: true, body: "secret" }, { minutes: 600, hoursAgo: 3 });
  const late = await stage.request({ age: "minor", who: "minor" }, { minutes: -12 });
  const soon = await stage.request({}, { minutes: 25 });
  await signIn(page, stage);
  await page.locator(".row-button").nth(2).waitFor();
  const order = await page
    .locator(".row-button")
    .evaluateAll((rows) => rows.map((row) => row.dataset.handoff));
  assert.deepEqual(order, [late, soon, calm]);
  const rows = (await page.locator(".row-button").allTextContents()).map(plain);
  assert.match(rows[0], /en retard de 1[23] min$/);
  assert.match(rows[1], /2[45] min pour répondre$/);
  assert.match(rows[2], /10 h pour répondre$/);
  assert.deepEqual(
    await page.locator(".row-state").evaluateAll((all) => all.map((one) => one.className.split(" ").pop())),
    ["press-late", "press-soon", "press-calm"],
  );
  for (const row of rows) assert.doesNotMatch(row, /DANGER|femme|Moins de 18|secret|Lyon|arabe/i);
  assert.match(await page.title(), /^\(3\) Relais$/);
});

test("a request arrives by itself, without reloading", async () => {
  await signIn(page, stage);
  await page.getByText("Aucune nouvelle demande.").waitFor();
  await stage.request();
  await page.locator(".row-button").waitFor();
  assert.equal(stage.calls.filter(({ path }) => path === "/events").length, 1);
});

test("a request reads danger first, then what was said, in words and without numbers", async () => {
  const handoff = await stage.request({
    danger: true,
    age: "minor",
    who: "minor",
    body: "لا أستطيع الخروج <b>وحدي</b>",
    signs: { yes: ["deception", "wages", "violence", "documents"], no: ["debt"], skipped: ["isolation"] },
  });
  await signIn(page, stage);
  await open(handoff);
  await page.locator(".own-words").waitFor();
  const text = await pane();
  const order = [
    "La personne dit : DANGER",
    "Moins de 18 ans",
    "moins de 18 ans",
    "travail sans liberté",
    "partir en sécurité",
    "Lyon, Rhône (69) · veut aller LOIN d'ici",
    "arabe",
    "seulement de 18 h à 22 h",
    "Ses mots",
    "Comment cela a commencé",
    "ce n'est pas ce qu'on a promis",
    "Ce qui se passe",
    "on garde son argent · on lui fait du mal",
    "Pourquoi partir est difficile",
    "on garde ses papiers",
    "A répondu non",
    "une dette sans fin",
    "N'a pas répondu",
    "Des signes ne sont pas des preuves",
  ];
  let at = 0;
  for (const words of order) {
    const found = text.indexOf(words, at);
    assert.ok(found >= at, `“${words}” stands out of order or not at all`);
    at = found;
  }
  assert.equal(await page.locator(".own-words").getAttribute("dir"), "rtl");
  assert.ok((await page.locator(".own-words").textContent()).includes("<b>"), "what was written stays text");
  await page.getByText("Pourquoi ici").click();
  const why = plain(await page.locator(".quiet[open]").textContent());
  for (const words of ["aide pour ce problème", "parle arabe", "même département", "4 km"])
    assert.ok(why.includes(words), words);
  assertClean(page);
});

test("a wrong signature, a strange key, a piece out of place: said, and nothing of it shown", async () => {
  const canary = "canari-7731";
  const forged = await stage.request(
    { body: canary },
    { spoil: (line) => line.replace('"danger":false', '"danger":true') },
  );
  const strange = newId();
  const names = [...stage.lyon.recipients, ...stage.national.recipients];
  await stage.put(
    "relais-lyon",
    strange,
    "handoff",
    await token(record(strange, Date.now(), { body: canary }), names, signingKey()),
  );
  const moved = newId();
  await stage.put(
    "relais-lyon",
    moved,
    "handoff",
    await token(record(newId(), Date.now(), { body: canary }), names, stage.signing),
  );
  const forwarded = newId();
  const others = stage.associations.get("ecoute-lille").recipients;
  await stage.put(
    "relais-lyon",
    forwarded,
    "handoff",
    await token(record(forwarded, Date.now(), { body: canary }), others, stage.signing, { sealTo: names }),
  );
  const rubbish = newId();
  await stage.put("relais-lyon", rubbish, "handoff", Buffer.from("age-encryption.org/v1\nrubbish"));
  const foreign = newId();
  await stage.put(
    "relais-lyon",
    foreign,
    "handoff",
    await token(record(foreign, Date.now()), others, stage.signing),
  );
  const chatter = newId();
  await stage.put("relais-lyon", chatter, "handoff", await seal(names, "hello\nworld\n"));
  await signIn(page, stage);
  const expected = [
    [forged, "Signature fausse"],
    [strange, "une autre clé que celle de votre serveur"],
    [moved, "n'est pas à sa place"],
    [forwarded, "Signature fausse"],
    [rubbish, "Fichier abîmé"],
    [foreign, "Scellé pour une autre clé"],
    [chatter, "n'est pas une demande de Relais"],
  ];
  for (const [handoff, words] of expected) {
    await page.locator(`[data-handoff="${handoff}"]`).click();
    await page.locator(".alerts .alert", { hasText: words }).waitFor();
    assert.equal(await page.locator(".facts").count(), 0);
    assert.equal(await page.locator(".actions").getByRole("button", { name: "Je m'en occupe" }).count(), 0);
    assert.ok(!(await page.content()).includes(canary));
  }
  assertClean(page);
});

test("taking a request tells the colleagues, and only they can read who", async () => {
  const handoff = await stage.request();
  await signIn(page, stage);
  await open(handoff);
  await action("Je m'en occupe");
  await page.locator(".item-claim").waitFor();
  const { body } = lastCall("/accept");
  assert.deepEqual(Object.keys(body), ["claim"], "the return address is for messages alone");
  assert.equal(stage.main(handoff).seen, true);
  const claim = await own(handoff, body.claim);
  assert.deepEqual({ ...claim, at: "" }, { v: 1, kind: "claim", pseudonym: "Léa", at: "" });
  assert.match(claim.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  await pile("À moi").waitFor();
  assert.equal(
    await page
      .locator(".piles [aria-current]")
      .textContent()
      .then((text) => text.startsWith("À moi")),
    true,
  );
  assertClean(page);
});

test("the second to take it hears who was first", async () => {
  const handoff = await stage.request();
  await signIn(page, stage);
  await open(handoff);
  // The page does not hear of it in time.
  stage.fail = (method, path) => {
    if (path.endsWith("/accept")) stage.fail = null;
    return method === "GET" ? problem(503, "") : null;
  };
  await stage.takenBy(handoff, "Karim");
  await action("Je m'en occupe");
  await page.locator(".toast", { hasText: "Karim" }).waitFor();
  assert.match(plain(await page.locator(".toast").textContent()), /Karim s'en occupe déjà\./);
  await page.locator(".row-state", { hasText: "Karim" }).waitFor();
  assertClean(page);
});

test("declining needs a reason and says what follows", async () => {
  const handoff = await stage.request();
  await signIn(page, stage);
  await open(handoff);
  await action("Refuser");
  await page.getByText("L'équipe nationale est prévenue tout de suite.").waitFor();
  await submit("Refuser");
  await page.getByText("Choisissez une réponse.").waitFor();
  assert.equal(lastCall("/decline"), undefined);
  await page.getByLabel("Nous ne parlons pas cette langue").check();
  await submit("Refuser");
  await page.getByText("Refusée.").waitFor();
  assert.deepEqual(lastCall("/decline").body, { reason: "language" });
});

test("another association has it: said by name; one who declined may think again", async () => {
  const theirs = await stage.request();
  const refused = await stage.request();
  await signIn(page, stage);
  await open(refused);
  await action("Refuser");
  await page.getByLabel("Autre raison").check();
  await submit("Refuser");
  await action("Je m'en occupe");
  await page.locator(".item-claim").waitFor();
  assert.equal(stage.main(refused).state, "accepted");
  stage.main(theirs).taker = "nationale";
  stage.state(theirs, "accepted");
  await pile("En attente").click();
  await open(theirs);
  assert.match(
    plain(await page.locator(".request-state").textContent()),
    /^Équipe nationale d'exemple s'en occupe/,
  );
  assert.deepEqual(await page.locator(".actions button").allTextContents(), ["Note"]);
  assertClean(page);
});

test("a new key of another association is sealed to in silence, once the signed list names it", async () => {
  const handoff = await stage.request();
  await signIn(page, stage);
  const theirs = await generateX25519Identity();
  await stage.enlist("abri-marseille", theirs, { signs: false });
  const later = await stage.request();
  await page.locator(`[data-handoff="${later}"]`).waitFor();
  await open(handoff);
  await action("Passer");
  await page.locator(".choose", { hasText: "Marseille" }).click();
  await page.getByText("pourront lire la demande").waitFor();
  await submit("Passer la demande");
  await page.locator(".toast", { hasText: "Passée à" }).waitFor();
  const { body } = lastCall("/pass-on");
  assert.ok(await unseal(theirs, Buffer.from(body.ciphertext, "base64")));
  assertClean(page);
});

test("passing on: those that fit come first, and the next association opens what the server signed", async () => {
  const handoff = await stage.request({ body: "mes mots" });
  await signIn(page, stage);
  await open(handoff);
  await action("Passer");
  const names = await page.locator(".choose-name").allTextContents();
  assert.deepEqual(names.slice(0, 2), ["Abri d'exemple, Marseille", "Équipe nationale d'exemple"]);
  assert.ok(await page.locator(".choose", { hasText: "Nice" }).isDisabled());
  await page.locator(".choose").first().click();
  await page.getByText("pourront lire la demande").waitFor();
  await page.getByLabel("Un mot pour elles").fill("Nous sommes complets.");
  await submit("Passer la demande");
  await page.locator(".toast", { hasText: "Passée à" }).waitFor();

  const { body } = lastCall("/pass-on");
  assert.equal(body.association, "abri-marseille");
  const marseille = stage.associations.get("abri-marseille");
  const before = (
    await unseal(
      stage.lyon.identities[0],
      Buffer.from(stage.main(handoff, "relais-lyon").ciphertext, "base64"),
    )
  )
    .toString()
    .split("\n");
  for (const identity of [...marseille.identities, ...stage.national.identities]) {
    const lines = (await unseal(identity, Buffer.from(body.ciphertext, "base64"))).toString();
    assert.ok([2048, 4096, 8192, 16384].includes(Buffer.byteLength(lines)), "padded");
    const [first, second, third] = lines.split("\n");
    assert.deepEqual([first, second], before.slice(0, 2));
    const { passed_on: passedOn, recipients } = JSON.parse(third);
    assert.equal(
      `${passedOn.by} → ${passedOn.to}: ${passedOn.note}`,
      "relais-lyon → abri-marseille: Nous sommes complets.",
    );
    assert.deepEqual(recipients, [...marseille.recipients, ...stage.national.recipients].sort());
    const { device, signature } = JSON.parse(lines.split("\n")[3]);
    assert.equal(device, stage.lyon.devices[0].recipient);
    const signed = `relais desk passed on v1\n${[first, second, third, ""].join("\n")}`;
    assert.ok(fits(signature, stage.lyon.devices[0].signing, signed), "who passes on signs it");
  }
  await assert.rejects(unseal(stage.lyon.identities[0], Buffer.from(body.ciphertext, "base64")));

  const next = await openPage(browser, { size: PHONE });
  await signIn(next, stage, { association: marseille, pseudonym: "Sam" });
  await next.locator(`[data-handoff="${handoff}"]`).click();
  await next.getByText("Un de ses appareils l'a signé.").waitFor();
  assert.match(
    plain(await next.locator(".pane").textContent()),
    /Passée par Association d'exemple, Lyon.*Nous sommes complets\..*mes mots/s,
  );
  assertClean(next);
  await next.context().close();
});

test("an association that refused before is not asked again", async () => {
  const handoff = await stage.request();
  await signIn(page, stage);
  await open(handoff);
  await action("Passer");
  await page.locator(".choose", { hasText: "Marseille" }).click();
  // They said no after the list was drawn; who had said so before cannot be chosen at all.
  stage.refused.add(`${handoff} abri-marseille`);
  await submit("Passer la demande");
  await page.getByText("a déjà refusé cette demande").waitFor();
  assert.equal(stage.main(handoff).state, "pending");
});

test("a phrase is previewed as the person will see it, right to left, with the French beside it", async () => {
  const handoff = await stage.request();
  await stage.takenBy(handoff, "Léa");
  await signIn(page, stage);
  await pile("À moi").click();
  await open(handoff);
  await action("Répondre");
  await page.getByLabel("Chercher une phrase").fill("rendez vous lun");
  assert.equal(await page.locator(".choose").count(), 0);
  await page.getByLabel("Chercher une phrase").fill("PROPOSONS");
  await page.locator(".choose").first().click();
  const send = page.locator(".panel").getByRole("button", { name: "Envoyer" });
  assert.ok(await send.isDisabled(), "blanks must be filled first");
  await page.getByLabel("Jour").selectOption("wednesday");
  await page.getByLabel("Heure", { exact: true }).selectOption("14");
  await page.getByLabel("Minutes").selectOption("30");
  await page.getByLabel("Lieu, jamais une adresse").selectOption("station");
  const bubble = page.locator(".bubble");
  await bubble.filter({ hasText: "14:30" }).waitFor();
  assert.deepEqual([await bubble.getAttribute("dir"), await bubble.getAttribute("lang")], ["rtl", "ar"]);
  const theirs = await bubble.locator(".bubble-text").textContent();
  assert.match(theirs, /\u2068?14:30\u2069?/);
  assert.match(theirs, /الأربعاء/);
  assert.equal(
    plain(await page.locator(".meaning").textContent())
      .replace("français", "")
      .trim(),
    "Nous proposons un rendez-vous mercredi à 14:30, à la gare.",
  );
  await send.click();
  await page.locator(".item-reply").waitFor();
  const { body } = lastCall("/messages");
  const args = { day: "wednesday", time: "14:30", place: "station" };
  assert.deepEqual(
    { ...body, copy: "" },
    { return_address: stage.returns.get(handoff), phrase: "phrase-meet", args, copy: "" },
  );
  const copy = await own(handoff, body.copy);
  assert.deepEqual(
    { ...copy, at: "" },
    { v: 1, kind: "reply", phrase: "phrase-meet", args, pseudonym: "Léa", at: "" },
  );
  assert.match(
    plain(await page.locator(".item-reply").textContent()),
    /Léa a répondu.*mercredi à 14:30.*الأربعاء.*en route/s,
  );
  assertClean(page);
});

test("a phone number is read as one types it in France, and rubbish is refused", async () => {
  const handoff = await stage.request();
  await stage.takenBy(handoff, "Léa");
  await signIn(page, stage);
  await pile("À moi").click();
  await open(handoff);
  await action("Répondre");
  await page.getByLabel("Chercher une phrase").fill("nous appeler au");
  await page.locator(".choose").first().click();
  const phone = page.getByLabel("Numéro de votre association");
  await phone.fill("04 99");
  await phone.blur();
  await page.getByText("Ce n'est pas un numéro.").waitFor();
  await phone.fill("04 99 00 12 34");
  await phone.blur();
  await page.locator(".panel").getByRole("button", { name: "Envoyer" }).click();
  await page.locator(".item-reply").waitFor();
  assert.deepEqual(lastCall("/messages").body.args, { phone: "+33499001234" });
});

test("free text is sent as it is, marked as French and not translated", async () => {
  const handoff = await stage.request();
  await stage.takenBy(handoff, "Léa");
  await signIn(page, stage);
  await pile("À moi").click();
  await open(handoff);
  await action("Répondre");
  await press(page, "Écrire moi-même");
  await page.getByText("Ce sera en français, non traduit.").waitFor();
  await page.getByLabel("Message, en français").fill("Courage, on est là.");
  await page.locator(".bubble", { hasText: "Courage" }).waitFor();
  stage.notBefore = new Date(Date.now() + 7_200_000).toISOString();
  await press(page, "Envoyer en français, non traduit");
  await page.locator(".toast", { hasText: "heure sûre" }).waitFor();
  assert.equal(lastCall("/messages").body.text, "Courage, on est là.");
});

test("the talk: quick answers in two languages, own words, deliveries, notes, withdrawal", async () => {
  const handoff = await stage.request();
  await stage.takenBy(handoff, "Léa");
  await stage.piece(handoff, "message", { answer: "answer-cannot-talk" });
  await stage.piece(handoff, "message", { body: "شكرا" });
  await stage.piece(
    handoff,
    "message",
    { body: "canari" },
    { spoil: (line) => line.replace("canari", "forgé!") },
  );
  await stage.piece(handoff, "addition", { signs: { yes: ["overtime"], no: [], skipped: [] } });
  const reply = { kind: "reply", text: "Bonjour", pseudonym: "Léa", at: "2026-11-25T10:00:00Z" };
  await stage.paper(handoff, reply, { delivery: "failed" });
  await signIn(page, stage);
  await pile("En attente").click();
  await open(handoff);
  await page.locator(".item-reply").waitFor();
  const text = await pane();
  for (const words of [
    "Je ne peux pas parler",
    "لا أستطيع",
    "شكرا",
    "Signature fausse",
    "travaille trop, sans repos",
    "Bonjour",
    "n'est plus joignable ici",
  ]) {
    assert.ok(text.includes(words), `${words} is missing`);
  }
  assert.ok(!text.includes("forgé"));
  await action("Note");
  await page.getByLabel("Votre note").fill("Rappeler l'interprète.");
  await submit("Ajouter la note");
  await page.locator(".item-note", { hasText: "Rappeler l'interprète." }).waitFor();
  assert.equal((await own(handoff, lastCall("/notes").body.ciphertext)).text, "Rappeler l'interprète.");
  await action("Note");
  await stage.withdraw(handoff);
  await page.getByText("La personne a retiré sa demande. Effacez").first().waitFor();
  assert.equal(await page.locator(".actions button").count(), 0);
  // Nothing that was decrypted is left on the page, and no panel to write in.
  await page.locator(".panel[hidden]").waitFor({ state: "attached" });
  const after = await pane();
  for (const words of ["شكرا", "Bonjour", "sans repos", "interprète", "ne peux pas parler"]) {
    assert.ok(!after.includes(words), `${words} is still shown`);
  }
  assertClean(page);
});

test("what the person adds counts: signs, needs, another safe time and its new return address; stop ends it", async () => {
  const handoff = await stage.request({ locale: "fr", needs: ["leave"] });
  await stage.takenBy(handoff, "Léa");
  await stage.piece(handoff, "addition", { signs: { yes: ["debt"], no: [], skipped: [] } });
  await stage.piece(handoff, "addition", { needs: ["medical"] });
  await stage.piece(handoff, "addition", { children: true });
  const address = newAddress();
  await stage.piece(handoff, "addition", {
    contact: { channel: "telegram", window: "morning" },
    return_address: address,
    reach_no: 1,
    locale: "ar",
  });
  const forged = { return_address: newAddress(), reach_no: 2 };
  await stage.piece(handoff, "addition", forged, { spoil: (line) => line.replace('"v":1', '"v":1 ') });
  stage.returns.set(handoff, address);
  await signIn(page, stage);
  await pile("À moi").click();
  await open(handoff);
  await page.locator(".item-bad").waitFor();
  const said = plain(await page.locator(".said").textContent());
  for (const words of [
    "partir en sécurité · un médecin",
    "Enfantsoui",
    "une dette sans fin",
    "seulement de 8 h à 12 h",
    "arabe",
  ]) {
    assert.ok(said.includes(words), `${words} is missing in ${said}`);
  }
  await action("Répondre");
  await page.locator(".choose").first().click();
  await page.locator(".bubble[lang=ar]").waitFor();
  await page.locator(".panel").getByRole("button", { name: "Envoyer" }).click();
  await page.locator(".item-reply").waitFor();
  assert.equal(lastCall("/messages").body.return_address, address);
  await stage.piece(handoff, "message", { stop: true, return_address: undefined, reach_no: 2 });
  await page.locator(".alerts", { hasText: "ne veut plus de messages" }).waitFor();
  assert.equal(await page.locator(".actions").getByRole("button", { name: "Répondre" }).count(), 0);
  assertClean(page);
});

test("what goes wrong while answering is said beside the answer, and the words are kept", async () => {
  const handoff = await stage.request();
  await stage.takenBy(handoff, "Léa");
  await signIn(page, stage);
  await pile("À moi").click();
  await open(handoff);
  await action("Répondre");
  await press(page, "Écrire moi-même");
  await page.getByLabel("Message, en français").fill("Bonjour");
  for (const [status, code, words] of [
    [422, "not_this_request", "ne peut plus joindre"],
    [410, "withdrawn", "a retiré sa demande"],
  ]) {
    stage.fail = (_, path) => (path.endsWith("/messages") ? problem(status, code) : null);
    await press(page, "Envoyer en français, non traduit");
    await page.locator(".panel .fault", { hasText: words }).waitFor();
    assert.equal(await page.getByLabel("Message, en français").inputValue(), "Bonjour");
  }
});

test("a person without messages cannot be written to, and the page says so", async () => {
  const handoff = await stage.request({
    return_address: undefined,
    contact: { channel: "none", window: "none" },
  });
  await signIn(page, stage);
  await open(handoff);
  await action("Je m'en occupe");
  await page.getByText("La personne ne reçoit pas de message.").waitFor();
  assert.equal(await page.locator(".actions").getByRole("button", { name: "Répondre" }).count(), 0);
});

test("closing, and a pause that others see", async () => {
  const handoff = await stage.request();
  await stage.takenBy(handoff, "Léa");
  await signIn(page, stage);
  await pile("À moi").click();
  await open(handoff);
  await action("Fermer");
  await page.getByLabel("La personne est aidée").check();
  await submit("Fermer");
  await page.locator(".toast", { hasText: "Fermée." }).waitFor();
  assert.deepEqual(lastCall("/close").body, { outcome: "helped" });
  await press(page, "Réglages");
  await press(page, "1 jour");
  await page.getByText("En pause : aucune nouvelle demande").waitFor();
  const until = Date.parse(stage.lyon.pausedUntil);
  assert.ok(Math.abs(until - Date.now() - 86_400_000) < 1_800_000);
  await press(page, "Finir la pause");
  await page.getByText("La pause est finie.").waitFor();
  assert.equal(stage.lyon.pausedUntil, null);
});

test("locked by one tap: the session ends, the page is empty, the key is needed again, read marks stay", async () => {
  const handoff = await stage.request({ body: "canari-1" });
  await signIn(page, stage);
  await open(handoff);
  await page.getByText("canari-1").waitFor();
  await press(page, "Verrouiller");
  await page.getByRole("heading", { name: "Verrouillé" }).waitFor();
  assert.ok(!(await page.content()).includes("canari-1"));
  for (let turn = 0; stage.sessions.size > 0 && turn < 50; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.equal(stage.sessions.size, 0, "the server forgot the session");
  await page.getByLabel("Phrase secrète", { exact: true }).fill(PASSPHRASE);
  await press(page, "Ouvrir");
  await page.locator(".row-button").waitFor();
  assert.equal(await page.locator(".new-mark").count(), 0);
});

test("ten idle minutes lock the desk, a touch before that keeps it", async () => {
  await page.clock.install();
  await stage.request();
  await signIn(page, stage);
  await page.clock.runFor(9 * 60_000 + 10_000);
  await page.getByText("Verrouillage dans une minute.").waitFor();
  await page.mouse.click(700, 600);
  await page.getByText("Le bureau reste ouvert.").waitFor();
  await page.clock.runFor(9 * 60_000);
  assert.equal(await page.locator(".piles").count(), 1);
  await page.clock.runFor(70_000);
  await page.getByRole("heading", { name: "Verrouillé" }).waitFor();
});

test("nothing that was decrypted is stored or put into an address", async () => {
  const handoff = await stage.request({ body: "canari-2" });
  const sent = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  await signIn(page, stage);
  await open(handoff);
  await page.getByText("canari-2").waitFor();
  await action("Je m'en occupe");
  await page.locator(".item-claim").waitFor();
  assert.equal(page.url(), `${stage.base}/desk`);
  assert.ok(sent.every((line) => !line.includes("canari-2") && !line.includes("AGE-SECRET")));
  const cached = await page.evaluate(async () => {
    const urls = [];
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys()) urls.push(request.url);
    return urls;
  });
  assert.ok(cached.every((url) => !url.includes("/api/")));
});
