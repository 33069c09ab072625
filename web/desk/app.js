// Where the page begins: what this device keeps decides which screen comes first.

import { mount, show, wipe } from "./lib/frame.js";
import { LANGUAGES, speak } from "./lib/say.js";
import { registerWorker, theme } from "./lib/shell.js";
import { load } from "./lib/vault.js";
import { home } from "./screens/home.js";
import { trust } from "./screens/trust.js";
import { unlock } from "./screens/unlock.js";
import { welcome } from "./screens/welcome.js";

const guess = () =>
  navigator.languages.map((tag) => tag.split("-")[0]).find((tag) => LANGUAGES.includes(tag)) ?? "fr";

/** Drops everything and starts again: a fresh page is the only sure way to empty the memory. */
function lock() {
  wipe();
  if (navigator.onLine) location.reload();
  else begin();
}

async function begin() {
  const profile = (await load()) ?? { v: 1, language: guess(), theme: "auto" };
  theme(profile.theme);
  await speak(profile.language);
  const open = (desk) => (desk.suspicion ? trust(desk, { open, lock }) : home(desk, { lock }));
  if (profile.locked) show(unlock(profile, { open, restart: begin }));
  else show(welcome(profile, { open, restart: begin }));
}

mount();
registerWorker();
begin();
