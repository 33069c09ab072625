// The talk about one request, oldest first: what the person added and wrote, answers, notes, who took it.

import { moment } from "../lib/clock.js";
import { h, icon } from "../lib/dom.js";
import { answerKey, news, signs } from "../lib/facts.js";
import { render } from "../lib/phrases.js";
import { directionOf, say, spoken } from "../lib/say.js";

const item = (look, title, when, ...content) =>
  h("li", { class: `item item-${look}` },
    h("p", { class: "item-head" }, h("span", {}, title), h("time", {}, when)), content);

/** Returns the thread as a list, or nothing where there is none yet. */
export async function thread(desk, request, main) {
  const locale = main.ok ? main.record.locale : null;
  const items = [];
  for (const token of request.tokens) {
    if (token.kind === "handoff") continue;
    items.push(await one(desk, token, await desk.open(token), locale));
  }
  return items.length > 0 ? [h("ol", { class: "items" }, items)] : [];
}

async function one(desk, token, content, locale) {
  const hour = moment(token.received, { hourOnly: true });
  if (!content.ok) {
    const fault = say(`page-token-${content.fault.replaceAll("_", "-")}`);
    const look = content.fault === "erased" ? "gone" : "bad";
    return item(look, say(`page-kind-${token.kind}`), hour, h("p", {}, content.fault !== "erased" && icon("warn"), fault));
  }
  switch (token.kind) {
    case "claim": return item("claim", say("page-claimed-by", { name: content.pseudonym }), moment(content.at));
    case "note": return item("note", say("page-note-by", { name: content.pseudonym }), moment(content.at), h("p", {}, h("bdi", {}, content.text)));
    case "reply": return reply(token, content, locale);
    default: return fromPerson(token, content, hour);
  }
}

async function reply(token, content, locale) {
  const theirs = content.phrase && locale ? await render(locale, content.phrase, content.args) : null;
  const ours = content.phrase ? await render(spoken(), content.phrase, content.args) : content.text;
  return item("reply", say("page-reply-by", { name: content.pseudonym }), moment(content.at),
    h("p", {}, h("bdi", {}, ours ?? say("page-phrase-unknown"))),
    theirs && locale !== spoken() && h("p", { class: "theirs", lang: locale, dir: directionOf(locale) }, theirs),
    token.delivery && h("p", { class: `delivery delivery-${token.delivery}` },
      token.delivery === "failed" && icon("warn"), say(`page-delivery-${token.delivery}`)));
}

async function fromPerson(token, { record }, hour) {
  if (token.kind === "withdrawal") return item("gone", say("page-kind-withdrawal"), hour, h("p", {}, say("page-withdrawn")));
  if (token.kind === "addition") return addition(record, hour);
  const key = answerKey(record);
  const ours = key && (await render(spoken(), key, record.args ?? {}));
  const theirs = key && record.locale !== spoken() && (await render(record.locale, key, record.args ?? {}));
  return item("person", say("page-kind-message"), hour,
    key && h("p", {}, h("bdi", {}, ours ?? key)),
    theirs && h("p", { class: "theirs", lang: record.locale, dir: directionOf(record.locale) }, theirs),
    record.body && ownWords(record),
    record.stop && h("p", { class: "delivery delivery-stopped" }, icon("warn"), say("page-stopped")));
}

function addition(record, hour) {
  const told = signs(record);
  const rows = news(record);
  return item("person", say("page-kind-addition"), hour,
    record.body && ownWords(record),
    rows.length > 0 && h("dl", { class: "signs" }, rows.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value)))),
    told.length > 0 && h("dl", { class: "signs" }, told.map(([title, texts]) =>
      h("div", {}, h("dt", {}, title), h("dd", {}, texts.length > 0 ? texts.join(" · ") : say("page-signs-none"))))),
    told.length > 0 && h("p", { class: "hint" }, say("page-signs-not-proof")));
}

/** What a person wrote, in their language and direction, set apart from the page's own words. */
export function ownWords(record) {
  return h("blockquote", { class: "own-words", lang: record.locale, dir: directionOf(record.locale) },
    h("bdi", { dir: "auto" }, String(record.body)));
}
