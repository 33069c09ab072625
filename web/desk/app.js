// Where the page begins: what this device keeps decides which screen comes first.

import { mount, show, wipe } from "./lib/frame.js";
import { LANGUAGES, speak } from "./lib/say.js";
import { registerWorker, theme } from "./lib/shell.js";
import { keepStop, load, loadStop } from "./lib/vault.js";
import { home } from "./screens/home.js";
import { brokenMemory, stopped } from "./screens/stopped.js";
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

/** Nothing goes on, now and after a new start, until a person acts. The page is not fetched again meanwhile. */
function halt(stop) {
  wipe();
  show(
    stopped(stop, {
      again: async (anew) => {
        await keepStop(null);
        await begin({ anew });
      },
    }),
  );
}

/** Opens a desk: its memory first, then whom it trusts, then the session. `anew`: the words are asked for again. */
async function enter(desk, { anew = false } = {}) {
  desk.onstop = (why) => halt({ why });
  try {
    await desk.wake();
  } catch {
    show(brokenMemory(desk, { lock, again: () => enter(desk) }));
    return;
  }
  const open = async () => {
    await desk.signIn();
    home(desk, { lock, halt });
  };
  if (desk.trust && !anew) await open();
  else show(trust(desk, { open }));
}

async function begin({ anew = false } = {}) {
  const profile = (await load()) ?? { v: 1, language: guess(), theme: "auto" };
  theme(profile.theme);
  await speak(profile.language);
  const stop = await loadStop();
  if (stop) return halt(stop);
  const ways = { enter: (desk) => enter(desk, { anew }), restart: () => begin() };
  return show(profile.locked ? unlock(profile, ways) : welcome(profile, ways));
}

mount();
registerWorker();
begin();
