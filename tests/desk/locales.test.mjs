// Every word that the page asks for exists in both of its languages, with the same variables.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";

const ROOT = new URL("../../", import.meta.url);
const read = (path) => readFile(new URL(path, ROOT), "utf8");

async function messages(tag) {
  const found = new Map();
  let key = null;
  for (const file of ["desk.ftl", "desk-page.ftl"]) {
    for (const line of (await read(`locales/${tag}/${file}`)).split("\n")) {
      const start = /^([a-z][a-z0-9-]*) =(.*)$/.exec(line);
      if (start) key = start[1];
      else if (!/^\s/.test(line)) key = null;
      if (!key) continue;
      const variables = [...line.matchAll(/\$([a-z]+)/g)].map((one) => one[1]);
      found.set(key, new Set([...(found.get(key) ?? []), ...variables]));
    }
  }
  return found;
}

async function sources() {
  const texts = [];
  for (const folder of ["web/desk/", "web/desk/lib/", "web/desk/screens/"]) {
    for (const name of (await readdir(new URL(folder, ROOT))).filter((one) => one.endsWith(".js"))) {
      texts.push(await read(folder + name));
    }
  }
  return texts.join("\n");
}

test("French and English have the same keys and the same variables", async () => {
  const [french, english] = await Promise.all([messages("fr"), messages("en")]);
  assert.deepEqual([...french.keys()].sort(), [...english.keys()].sort());
  for (const [key, variables] of french)
    assert.deepEqual([...variables].sort(), [...english.get(key)].sort(), key);
});

test("every key that the page names exists, and every key of the page is named", async () => {
  const [french, code] = await Promise.all([messages("fr"), sources()]);
  const named = [...code.matchAll(/"((?:page|reason)-[a-z0-9-]+)"/g)].map((one) => one[1]);
  const begun = [...code.matchAll(/`(page-[a-z-]+-)\$\{/g)].map((one) => one[1]);
  const prefixes = new Set([...begun, ...named.map((key) => `${key}-`)]);
  const missing = named.filter(
    (key) => !french.has(key) && ![...french.keys()].some((one) => one.startsWith(`${key}-`)),
  );
  assert.deepEqual(missing, []);
  const idle = [...french.keys()].filter(
    (key) =>
      key.startsWith("page-") &&
      !named.includes(key) &&
      ![...prefixes].some((prefix) => key.startsWith(prefix)),
  );
  assert.deepEqual(idle, [], "nothing shows these");
});

test("every code of the closed lists has words", async () => {
  const [french, terms, entry] = await Promise.all([
    messages("fr"),
    read("src/terms.rs"),
    read("src/store/entry.rs"),
  ]);
  const codes = (source, name) => {
    const block = new RegExp(`^    ${name} \\{(.*?)^    \\}`, "ms").exec(source)?.[1] ?? "";
    return [...block.matchAll(/= "([a-z_]+)"/g)].map((one) => one[1].replaceAll("_", "-"));
  };
  const lists = {
    Who: "who",
    Situation: "situation",
    Need: "need",
    Distance: "distance",
    Contact: "contact",
    Area: "area",
    Sign: "sign",
    Observed: "sign",
    Reporter: "writer",
    Subject: "writer",
  };
  for (const [name, prefix] of Object.entries(lists)) {
    for (const code of codes(terms, name))
      assert.ok(french.has(`page-${prefix}-${code}`), `page-${prefix}-${code}`);
  }
  assert.ok(codes(terms, "Who").length > 0 && codes(entry, "TokenState").length > 0);
  for (const code of codes(entry, "TokenState").filter((one) => !["pending", "accepted"].includes(one))) {
    assert.ok(french.has(`page-state-${code}`), `page-state-${code}`);
  }
});

test("the pictures of the sign are the server's", async () => {
  const pictures = (source) => [...source.matchAll(/"([^"\w ]{1,4})"/gu)].map((one) => one[1]);
  const [rust, script] = await Promise.all([read("src/handoff/sign.rs"), read("web/desk/lib/sign.js")]);
  assert.equal(pictures(rust).length, 64);
  assert.deepEqual(pictures(script), pictures(rust));
});

test("nothing in the page parses HTML or evaluates text", async () => {
  const code = await sources();
  for (const way of [
    /innerHTML/,
    /outerHTML/,
    /insertAdjacentHTML/,
    /document\.write/,
    /\beval\(/,
    /new Function/,
    /DOMParser/,
    /localStorage/,
    /sessionStorage/,
  ]) {
    assert.doesNotMatch(code, way);
  }
});
