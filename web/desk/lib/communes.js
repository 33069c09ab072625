// Names of communes by INSEE code. The whole list is fetched, so that the server cannot tell which was needed.

import { text } from "./texts.js";

let names = null;

/** Fetches the list once; without it a commune is shown by its code. */
export async function learnCommunes() {
  if (names) return;
  const source = await text("communes.txt").catch(() => "");
  if (source) names = source;
}

export function communeName(code) {
  if (!names || !/^[0-9A-B]{5}$/.test(code)) return String(code);
  const found = new RegExp(`^${code} (.*)$`, "m").exec(names);
  return found ? found[1] : code;
}
