// Renews web/desk/vendor/*.js from the locked npm packages, and writes down what they are.
//
//   npm ci --ignore-scripts && node vendor.mjs           writes
//   node vendor.mjs --check                              fails where a file differs from what the lock makes
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const vendor = fileURLToPath(new URL("../../web/desk/vendor/", import.meta.url));
const check = process.argv.includes("--check");

const FILES = [
  {
    name: "age.js",
    entry: `
      export { Encrypter, Decrypter, generateX25519Identity, identityToRecipient, armor, webauthn } from "age-encryption";
      export { ed25519 } from "@noble/curves/ed25519.js";
      export { sha256 } from "@noble/hashes/sha2.js";
      export { blake2b } from "@noble/hashes/blake2.js";
      export { hkdf } from "@noble/hashes/hkdf.js";
      export { hmac } from "@noble/hashes/hmac.js";`,
    packages: [
      "age-encryption",
      "@noble/curves",
      "@noble/hashes",
      "@noble/ciphers",
      "@noble/post-quantum",
      "@scure/base",
    ],
    why: "age files; Ed25519 and BLAKE2b for signatures, HKDF for the device's key, HMAC for its proof",
  },
  {
    name: "fluent.js",
    entry: `export { FluentBundle, FluentResource } from "@fluent/bundle";`,
    packages: ["@fluent/bundle"],
    why: "messages in every language, from the same files as the server's",
  },
];

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const lock = JSON.parse(await readFile(`${here}package-lock.json`, "utf8"));

async function bundle({ entry, packages, name }) {
  const titles = packages.map((title) => {
    const { version, license } = lock.packages[`node_modules/${title}`];
    return `${title} ${version} (${license})`;
  });
  const result = await build({
    stdin: { contents: entry, resolveDir: here, loader: "js" },
    absWorkingDir: here,
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2020"],
    charset: "ascii",
    legalComments: "none",
    banner: { js: `/*! ${name}: ${titles.join(", ")} */` },
    write: false,
  });
  return result.outputFiles[0].contents;
}

function table(rows) {
  const lines = rows.map(({ name, bytes, packages, why }) => {
    const made = packages.map((title) => {
      const { version, license } = lock.packages[`node_modules/${title}`];
      return `${title} ${version}, ${license}`;
    });
    return `| \`${name}\` | ${why} | ${made.join("<br>")} | \`${sha256(bytes)}\` |`;
  });
  return [
    "# Files from elsewhere",
    "",
    "Made by `tools/desk/vendor.mjs` from the packages that `tools/desk/package-lock.json` locks; do not edit.",
    "`node vendor.mjs --check` makes them again and compares every byte.",
    "",
    "| file | what for | made of | sha256 |",
    "|---|---|---|---|",
    ...lines,
    "",
    "The licences stand in `LICENSES.txt` beside this file.",
    "",
  ].join("\n");
}

async function licences() {
  const seen = [...new Set(FILES.flatMap(({ packages }) => packages))];
  const texts = await Promise.all(
    seen.map(async (title) => {
      const { version, license } = lock.packages[`node_modules/${title}`];
      const text = await readFile(`${here}node_modules/${title}/LICENSE`, "utf8").catch(() => "");
      const said = text.trim() || `The text of ${license} stands in the file LICENSE of this project.`;
      return `=== ${title} ${version}: ${license} ===\n\n${said}\n`;
    }),
  );
  return texts.join("\n");
}

const rows = await Promise.all(FILES.map(async (file) => ({ ...file, bytes: await bundle(file) })));
const wanted = [
  ...rows.map(({ name, bytes }) => [name, Buffer.from(bytes)]),
  ["README.md", Buffer.from(table(rows))],
  ["LICENSES.txt", Buffer.from(await licences())],
];
await mkdir(vendor, { recursive: true });
let differs = false;
for (const [name, bytes] of wanted) {
  if (check) {
    const found = await readFile(vendor + name).catch(() => Buffer.alloc(0));
    if (!found.equals(bytes)) {
      differs = true;
      console.error(`web/desk/vendor/${name} differs from what the lock makes`);
    }
  } else {
    await writeFile(vendor + name, bytes);
    console.log(`${name} ${bytes.length} bytes ${sha256(bytes)}`);
  }
}
process.exitCode = differs ? 1 : 0;
