// Reads the text files that stand beside the page. The offline page carries them inside itself instead.

const ROOT = "/desk/";
let carried = null;

/** Gives the texts by name, for a page without a server. */
export const carry = (texts) => {
  carried = texts;
};

/** Returns a text such as `words.txt` or `locales/fr/desk-page.ftl`; throws where it cannot be had. */
export async function text(name) {
  if (carried) {
    if (name in carried) return carried[name];
    throw new Error(`${name} is not here`);
  }
  const answer = await fetch(ROOT + name, { credentials: "omit", redirect: "error" });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.text();
}
