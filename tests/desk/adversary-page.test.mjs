// A server that lies to the page in a browser: what is seen on the screen, what goes over the wire, and that
// nothing starts again by itself.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { beforeEach, test } from "node:test";
import { signedChallenge } from "./support/api.mjs";
import {
  LAPTOP,
  PASSPHRASE,
  assertAccessible,
  assertClean,
  press,
  signIn,
  trustWords,
} from "./support/browser.mjs";
import { assertNothingLeft } from "./support/leaks.mjs";
import { loot } from "./support/loot.mjs";
import { eachTest, page, stage } from "./support/page.mjs";
import { base64, listText } from "./support/signed.mjs";

let hoard;
let sent;
eachTest({ size: LAPTOP });
beforeEach(async () => {
  hoard = await loot(stage);
  sent = [];
  page.on("request", (request) =>
    sent.push({
      method: request.method(),
      url: request.url(),
      headers: request.headers(),
      raw: request.postData() ?? "",
    }),
  );
});

const calls = () => sent.filter(({ url }) => url.includes("/api/v1/"));
const unlock = async () => {
  await page.getByLabel("Phrase secrète", { exact: true }).fill(PASSPHRASE);
  await press(page, "Ouvrir");
};
const pause = (length) => new Promise((resolve) => setTimeout(resolve, length));

/** Nothing decrypted went out or is left on the screen, the page has stopped, and the console is empty. */
async function assertStopped(words) {
  await page.getByRole("heading", { name: "Ce serveur n'est pas digne de confiance" }).waitFor();
  await page.locator(".stopped .alert", { hasText: words }).waitFor();
  const before = calls().length;
  await page.evaluate(() => {
    window.dispatchEvent(new Event("online"));
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await pause(300);
  assert.equal(calls().length, before, "nothing is sent after the stop");
  const raw = Object.fromEntries([...stage.challenges].map(([id, { secret }]) => [`the secret of ${id}`, secret]));
  assertNothingLeft(sent, { ...hoard.secrets, ...raw });
  const shown = await page.content();
  for (const secret of Object.values(hoard.secrets)) assert.ok(!shown.includes(secret));
  assertClean(page);
}

/** A request on the screen whose words must not leave. */
async function working() {
  const handoff = await stage.request({ body: hoard.secrets["the person's words"] });
  await signIn(page, stage);
  await page.locator(`[data-handoff="${handoff}"]`).click();
  await page.getByText(hoard.secrets["the person's words"]).waitFor();
  return handoff;
}

test("a session is ended, and a stored request comes as the next challenge", async () => {
  await working();
  stage.sessions.clear();
  stage.challengeOf = ({ id }) => ({ id, ...signedChallenge(stage, hoard.sealed.request) });
  stage.changed();
  await page.locator(".signed-out").waitFor();
  await pause(500);
  // Nobody asked for a new session: no challenge was fetched, let alone answered.
  assert.equal(calls().filter(({ url }) => url.endsWith("/challenges")).length, 1);
  await press(page, "Se reconnecter");
  await assertStopped("autre chose qu'une connexion");
  assert.equal(calls().filter(({ url }) => url.endsWith("/sessions")).length, 1);
});

test("every kind of sealed thing comes as a challenge while a desk is opened", async () => {
  await signIn(page, stage);
  await press(page, "Verrouiller");
  for (const file of Object.values(hoard.sealed)) {
    stage.challengeOf = ({ id }) => ({ id, ...signedChallenge(stage, file) });
    await unlock();
    await assertStopped("autre chose qu'une connexion");
    await page.locator("[name=called]").check();
    await press(page, "Réessayer");
  }
});

test("sealed things come in place of every answer, while somebody works", async () => {
  await working();
  const lies = ["/handoffs", "/extract", "/directory"];
  for (const path of lies) {
    for (const answer of [base64(hoard.sealed.note), { tokens: [base64(hoard.sealed.note)], extract: 99 }]) {
      stage.lie = (_, asked, content) =>
        asked === path ? answer : asked === "/handoffs" ? { ...content, extract: 99 } : content;
      stage.changed();
      await assertStopped("");
      stage.lie = null;
      await page.locator("[name=called]").check();
      await press(page, "Réessayer");
      await unlock();
      await page.locator(".piles").waitFor();
    }
  }
});

test("an answer to an act is a stored request: the act stops, and the words on the screen go", async () => {
  await working();
  stage.lie = (method, _, content) => (method === "POST" ? JSON.stringify(base64(hoard.sealed.request)) : content);
  await press(page, "Je m'en occupe");
  await assertStopped("ne peut pas être juste");
});

test("the page is stopped until a person acts: a new start does not help the server", async () => {
  const old = stage.extract;
  stage.publish();
  await working();
  stage.lie = (_, path, content) =>
    path === "/extract" ? old : path === "/handoffs" ? { ...content, extract: 1 } : content;
  stage.changed();
  await assertStopped("plus ancienne ou changée");
  await assertAccessible(page, "stopped");
  for (let turn = 0; turn < 2; turn += 1) {
    await page.reload();
    await assertStopped("plus ancienne ou changée");
  }
  assert.ok(await page.getByRole("button", { name: "Réessayer" }).isDisabled());
  stage.lie = null;
  await page.locator("[name=called]").check();
  await press(page, "Réessayer");
  await unlock();
  await page.locator(".piles").waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Verrouillé" }).waitFor();
});

test("new words from the operator begin anew, and the old ones do not open the way back", async () => {
  const [old, oldList, oldWords] = [stage.extract, stage.list, stage.words];
  stage.publish();
  await working();
  stage.lie = (_, path, content) => {
    if (path === "/extract") return old;
    return path === "/directory" ? { ...content, extract: oldList } : { ...content, extract: 1 };
  };
  stage.changed();
  await assertStopped("plus ancienne ou changée");
  await page.locator("[name=called]").check();
  await press(page, "Taper de nouveaux mots");
  await unlock();
  await page.locator("[name=words]").fill(oldWords);
  await press(page, "Vérifier");
  await assertStopped("plus ancienne ou changée");
  // Other signers, and so another paper: now it goes on, and what was read stays read.
  stage.lie = null;
  stage.signers = stage.signers.slice(1);
  stage.publish();
  await page.locator("[name=called]").check();
  await press(page, "Taper de nouveaux mots");
  await unlock();
  await trustWords(page, stage.words);
  await page.locator(".row-button").waitFor();
  assert.equal(await page.locator(".new-mark").count(), 0);
  assertClean(page);
});

test("a colluding association becomes the team in a list that nobody signed", async () => {
  await working();
  const rogue = stage.associations.get("ecoute-lille");
  stage.lie = (_, path, content) => {
    if (path === "/handoffs") return { ...content, extract: 99 };
    if (path !== "/directory") return content;
    const associations = [...stage.associations.values()].map((one) =>
      one === rogue ? { ...one, role: "national_team" } : one,
    );
    return { ...content, extract: listText(associations) };
  };
  stage.changed();
  await assertStopped("n'est pas celle qui a été signée");
});

test("a look-alike address passes everything on to the real desk: no session comes of it", async () => {
  // It serves the page as it is, and hands every call on; `honest` leaves the origin as the device wrote it.
  let honest = true;
  const relayed = [];
  const lookAlike = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const body = honest ? text : text.replaceAll(site, stage.base);
    relayed.push({ method: request.method, url: request.url, headers: request.headers, raw: text });
    const answer = await fetch(stage.base + request.url, {
      method: request.method,
      headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => name !== "content-length")),
      body: body || undefined,
    });
    response.writeHead(answer.status, {
      "Content-Type": answer.headers.get("content-type"),
      "Content-Security-Policy": answer.headers.get("content-security-policy") ?? "",
      "Service-Worker-Allowed": "/desk",
    });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((resolve) => lookAlike.listen(0, "127.0.0.1", resolve));
  const site = `http://localhost:${lookAlike.address().port}`;
  try {
    await signIn(page, { base: site, lyon: stage.lyon }, { enter: false });
    await page.locator(".card > .first").click();
    await trustWords(page, stage.words);
    await page.getByRole("alert").filter({ hasText: "Ce n'est pas l'adresse du bureau" }).waitFor();
    honest = false;
    await press(page, "Entrer");
    await assertStopped("autre chose qu'une connexion");
    assert.equal(stage.sessions.size, 0);
    assertNothingLeft(relayed, Object.fromEntries([...stage.challenges].map(([id, { secret }]) => [id, secret])));
  } finally {
    lookAlike.closeAllConnections();
    await new Promise((resolve) => lookAlike.close(resolve));
  }
});

test("a memory that does not open is not taken for an empty one", async () => {
  await signIn(page, stage);
  await press(page, "Verrouiller");
  await page.getByRole("heading", { name: "Verrouillé" }).waitFor();
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open("relais-desk", 1);
        opening.onsuccess = () => {
          const store = opening.result.transaction("kept", "readwrite").objectStore("kept");
          const call = store.get("profile");
          call.onsuccess = () => {
            const memory = call.result.memory.slice();
            memory[memory.length - 1] ^= 1;
            store.put({ ...call.result, memory }, "profile").onsuccess = () => {
              opening.result.close();
              resolve();
            };
          };
        };
      }),
  );
  await page.reload();
  const before = calls().length;
  await unlock();
  await page.getByRole("heading", { name: "La mémoire de cet appareil ne s'ouvre pas" }).waitFor();
  await assertAccessible(page, "a broken memory");
  await pause(300);
  assert.equal(calls().length, before, "nothing is sent before a person decides");
  assert.ok(await page.getByRole("button", { name: "Commencer une nouvelle mémoire" }).isDisabled());
  await page.locator("[name=called]").check();
  await press(page, "Commencer une nouvelle mémoire");
  await trustWords(page, stage.words);
  await page.locator(".piles").waitFor();
  assertClean(page);
});
