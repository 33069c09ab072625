// The talk about one request, oldest first: what the person added and wrote, answers, notes, who took it.

import { moment } from "../lib/clock.js";
import { h, icon } from "../lib/dom.js";
import { answerKey, news, signs } from "../lib/facts.js";
import { render } from "../lib/phrases.js";
import { ownWords, signList } from "./said.js";
import { directionOf, say, spoken } from "../lib/say.js";

const item = (look, title, when, ...content) =>
  h(
    "li",
    { class: `item item-${look}` },
    h("p", { class: "item-head" }, h("span", {}, title), h("time", {}, when)),
    content,
  );

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
    return item(
      look,
      say(`page-kind-${token.kind}`),
      hour,
      h("p", {}, content.fault !== "erased" && icon("warn"), fault),
    );
  }
  switch (token.kind) {
    case "claim":
      return item("claim", byWhom("page-claimed-by", content), moment(content.at));
    case "note":
      return item(
        "note",
        byWhom("page-note-by", content),
        moment(content.at),
        h("p", {}, h("bdi", {}, content.text)),
      );
    case "reply":
      return reply(token, content, locale);
    default:
      return fromPerson(token, content, hour);
  }
}

/** Who wrote a paper; where no device of the signed list signed it, that it is not proved. */
const byWhom = (key, { pseudonym, proved }) => [
  say(key, { name: pseudonym }),
  !proved && [" ", h("span", { class: "tag tag-unproved" }, say("page-unproved"))],
];

async function reply(token, content, locale) {
  const theirs = content.phrase && locale ? await render(locale, content.phrase, content.args) : null;
  const ours = content.phrase ? await render(spoken(), content.phrase, content.args) : content.text;
  return item(
    "reply",
    byWhom("page-reply-by", content),
    moment(content.at),
    h("p", {}, h("bdi", {}, ours ?? say("page-phrase-unknown"))),
    theirs &&
      locale !== spoken() &&
      h("p", { class: "theirs", lang: locale, dir: directionOf(locale) }, theirs),
    token.delivery &&
      h(
        "p",
        { class: `delivery delivery-${token.delivery}` },
        token.delivery === "failed" && icon("warn"),
        say(`page-delivery-${token.delivery}`),
      ),
  );
}

async function fromPerson(token, { record }, hour) {
  if (token.kind === "withdrawal")
    return item("gone", say("page-kind-withdrawal"), hour, h("p", {}, say("page-withdrawn")));
  return item("person", say(`page-kind-${token.kind}`), hour, await piece(record));
}

/** What one addition or message says, and nothing of what it leaves blank. */
export async function piece(record) {
  const key = answerKey(record);
  const ours = key && (await render(spoken(), key));
  const theirs = key && record.locale !== spoken() && (await render(record.locale, key));
  const rows = record.kind === "addition" ? news(record) : [];
  const told = signs(record);
  return [
    record.elsewhere === true && h("p", { class: "warn elsewhere" }, icon("warn"), say("page-elsewhere")),
    key && h("p", {}, h("bdi", {}, ours ?? key)),
    theirs && h("p", { class: "theirs", lang: record.locale, dir: directionOf(record.locale) }, theirs),
    record.body && ownWords(record),
    rows.length > 0 &&
      h(
        "dl",
        { class: "signs" },
        rows.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))),
      ),
    told.length > 0 && signList(told),
    record.stop && h("p", { class: "delivery delivery-stopped" }, icon("warn"), say("page-stopped")),
  ];
}
