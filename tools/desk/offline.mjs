// Makes web/desk/offline.html: the reading part of the desk in one file that needs no server and, by its own
// policy, can talk to none. The same sources and lock make the same bytes; the sum stands beside it.
//
//   npm ci --ignore-scripts && node offline.mjs          writes
//   node offline.mjs --check                             fails where the file is not what the sources make
import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const desk = fileURLToPath(new URL("../../web/desk/", import.meta.url));
const locales = fileURLToPath(new URL("../../locales/", import.meta.url));
const hash = (text, encoding) => createHash("sha256").update(text).digest(encoding);

async function texts() {
  const found = { "words.txt": await readFile(`${desk}words.txt`, "utf8") };
  for (const tag of (await readdir(locales, { withFileTypes: true }))
    .filter((one) => one.isDirectory())
    .map((one) => one.name)
    .sort()) {
    for (const file of ["desk", "desk-page", "phrases"]) {
      const text = await readFile(`${locales}${tag}/${file}.ftl`, "utf8").catch(() => null);
      if (text !== null) found[`locales/${tag}/${file}.ftl`] = text;
    }
  }
  return JSON.stringify(found).replaceAll("<", "\\u003c");
}

async function script() {
  const result = await build({
    entryPoints: [`${desk}offline.js`],
    absWorkingDir: desk,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2020"],
    charset: "ascii",
    legalComments: "inline",
    write: false,
  });
  return result.outputFiles[0].text.trim().replaceAll("</script", "<\\/script");
}

async function style() {
  const icon = Buffer.from(await readFile(`${desk}icons/icon.svg`)).toString("base64");
  return (await readFile(`${desk}desk.css`, "utf8"))
    .replaceAll("/desk/icons/icon.svg", `data:image/svg+xml;base64,${icon}`)
    .trim();
}

const [code, css, carried] = await Promise.all([script(), style(), texts()]);
const policy = [
  "default-src 'none'",
  `script-src 'sha256-${hash(code, "base64")}'`,
  `style-src 'sha256-${hash(css, "base64")}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");
const page = `<!doctype html>
<html lang="fr" translate="no">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="google" content="notranslate">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Relais</title>
<style>${css}</style>
</head>
<body>
<p class="card">Enregistrez ce fichier, puis ouvrez-le depuis votre appareil. · Save this file, then open it from your device.</p>
<script type="application/json" id="texts">${carried}</script>
<script>${code}</script>
</body>
</html>
`;
const wanted = [
  ["offline.html", page],
  ["offline.html.sha256", `${hash(page, "hex")}  offline.html\n`],
];
if (process.argv.includes("--check")) {
  for (const [name, text] of wanted) {
    if ((await readFile(desk + name, "utf8").catch(() => "")) !== text) {
      console.error(`web/desk/${name} is not what the sources make: run node tools/desk/offline.mjs`);
      process.exitCode = 1;
    }
  }
} else {
  for (const [name, text] of wanted) await writeFile(desk + name, text);
  console.log(`offline.html ${Buffer.byteLength(page)} bytes ${hash(page, "hex")}`);
}
