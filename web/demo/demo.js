// The page of `relais demo`: shows what the stand-in for Telegram knows, and sends back what is tapped.
// Every text from outside becomes a text node; nothing is ever parsed as HTML.
import { say, setPageLanguage, pageLanguage } from "./words.js";

const $ = (id) => document.getElementById(id);
const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|ku-arab|ps|sd|ug|ur|yi)\b/;

let chat = 0;
let seen = null;
let live = null;
let prompt = null;
const opened = new Map();
const ways = new Set();
const firstSeen = new Map();

function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

async function post(path, body) {
  return fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}) });
}
const act = (what) => post(`/chats/${chat}`, what);

// The phone.

function bubble(message) {
  const time = clock(message.at);
  const meta = make("div", { className: "meta" },
    make("button", { type: "button", className: "erase", title: say("erase"), ariaLabel: say("erase"), onclick: () => act({ does: "delete", message: message.id }) }, "🗑"),
    message.edited ? make("span", {}, say("edited")) : "",
    message.silent && message.from_bot ? make("span", { title: say("silent"), ariaLabel: say("silent"), role: "img" }, "🔕") : "",
    make("time", {}, time));
  const body = make("div", { className: "bubble" });
  if (message.attachment) body.append(make("p", {}, `📎 ${message.attachment.name ?? message.attachment.kind}`));
  if (message.text) body.append(make("p", { dir: "auto" }, message.text));
  body.append(meta);
  const whole = make("div", { className: message.from_bot ? "message" : "message mine" }, body);
  for (const row of message.buttons) {
    whole.append(make("div", { className: "row" }, ...row.map((button) => key(message, button))));
  }
  return whole;
}

function key(message, button) {
  const tap = (event) => {
    event.currentTarget.classList.add("tapped");
    act({ does: "tap", message: message.id, data: button.data });
  };
  return make("button", { type: "button", dir: "auto", onclick: button.data === null ? null : tap }, button.text);
}

function showMessages(messages) {
  const list = $("messages");
  const kept = new Map([...list.querySelectorAll(".message")].map((element) => [Number(element.dataset.id), element]));
  const last = list.lastElementChild;
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60 || last?.offsetHeight > list.clientHeight;
  list.querySelectorAll(".about, .start").forEach((element) => element.remove());
  const ids = new Set(messages.map((message) => message.id));
  let hadFocus = false;
  let grew = false;
  for (const [id, element] of kept) {
    if (ids.has(id)) continue;
    hadFocus ||= element.contains(document.activeElement);
    element.remove();
  }
  for (const message of messages) {
    const print = JSON.stringify(message) + pageLanguage();
    const old = kept.get(message.id);
    if (old?.dataset.print === print) continue;
    const element = bubble(message);
    element.dataset.id = message.id;
    element.dataset.print = print;
    grew = true;
    if (!old) { list.append(element); continue; }
    // An edit in place must not throw a keyboard out of the chat.
    const focus = old.contains(document.activeElement);
    if (!old.dataset.print.startsWith(JSON.stringify(message))) element.classList.add("changed");
    old.replaceWith(element);
    if (focus) element.querySelector(".row button")?.focus({ preventScroll: true });
  }
  if (hadFocus) (list.querySelector(".message:last-of-type .row button") ?? list).focus({ preventScroll: true });
  if (messages.length === 0) {
    const about = seen?.description;
    if (about) list.append(make("div", { className: "about", dir: "auto" }, about));
    list.append(make("button", { type: "button", className: "start", onclick: () => act({ does: "say", text: "/start" }) }, say("start")));
  }
  if (!grew || !atEnd) return;
  list.scrollTop = list.scrollHeight;
  // What is too long for the screen is read from its beginning.
  const newest = list.lastElementChild;
  if (newest && newest.offsetHeight > list.clientHeight) list.scrollTop = newest.offsetTop - 8;
}

function showPrompt(messages) {
  const last = messages.filter((message) => message.from_bot).at(-1);
  const asks = last?.prompt ? last : null;
  if (asks?.id !== prompt?.id && asks) $("text").focus();
  prompt = asks;
  $("prompt").hidden = !prompt;
  $("prompt-text").textContent = prompt ? prompt.text : "";
  $("text").placeholder = prompt?.prompt.placeholder ?? say("write");
}

function showMenu(commands) {
  $("menu-list").replaceChildren(...(commands ?? []).map(([command, about]) =>
    make("button", { type: "button", onclick: () => { toggleMenu(false); act({ does: "say", text: `/${command}` }); } },
      make("span", { dir: "auto" }, about), make("code", {}, `/${command}`))));
}

function toggleMenu(open) {
  $("menu-list").hidden = !open;
  $("menu").setAttribute("aria-expanded", String(open));
  if (open) $("menu-list").querySelector("button")?.focus();
}

// The association.

function showGroups(groups) {
  const cards = groups.flatMap((group) => group.messages.map((message) => [group, message]))
    .filter(([, message]) => message.from_bot)
    .sort(([, a], [, b]) => b.id - a.id);
  badge("association", cards.length);
  const list = $("groups");
  if (cards.length === 0) return replace(list, "empty", [make("div", { className: "card empty" }, say("associationEmpty"))]);
  const print = JSON.stringify([cards, [...opened]]);
  replace(list, print, cards.map(([group, message]) => notice(group, message)));
}

function notice(group, message) {
  const time = clock(message.at);
  const card = make("article", { className: "card" },
    make("div", { className: "group" }, "👥", make("b", {}, group.name), make("time", {}, time)),
    make("p", { className: "notice" }, message.text));
  const file = message.attachment;
  if (!file) return card;
  const state = opened.get(file.file);
  const button = make("button", { type: "button", className: state?.lines ? "open shut" : "open", onclick: () => toggle(group.chat, file.file) },
    state?.lines ? say("close") : `🔑 ${say("open")}`);
  button.dataset.file = file.file;
  card.append(make("div", { className: "file" },
    make("span", { "aria-hidden": "true" }, "🔒"),
    make("a", { className: "name", href: `/documents/${file.file}`, title: say("save") }, make("span", {}, file.name),
      make("small", {}, `${size(file.size)} · ${say("sealed")}`)),
    button));
  if (state?.why) card.append(make("p", { className: "wrong", role: "alert" }, state.why));
  if (state?.lines) card.append(record(state));
  if (group.desk) card.append(wayToDesk(group));
  return card;
}

// How to sign in at the real desk page as this association.
function wayToDesk({ chat: group, desk }) {
  const details = make("details", { className: "desk" }, make("summary", {}, say("desk")),
    make("ol", {},
      make("li", {}, make("a", { href: `/groups/${group}/key`, download: `${desk.association}.key` }, say("deskKey"))),
      make("li", {}, make("a", { href: desk.url, target: "_blank", rel: "noopener" }, say("deskOpen")), ". ", say("deskSays", desk.association))));
  details.open = ways.has(group);
  details.ontoggle = () => (details.open ? ways.add(group) : ways.delete(group));
  return details;
}

function record({ headline, lines }) {
  const list = make("dl");
  lines.forEach(({ label, value }, at) => {
    if (label) list.append(make("dt", {}, label), make("dd", {}, value));
    else list.append(make("dd", { className: at === lines.length - 1 ? "alone last" : "alone" }, value));
  });
  return make("div", { className: "record" }, make("h3", {}, headline), list);
}

async function toggle(group, file) {
  if (opened.has(file)) opened.delete(file);
  else {
    const answer = await post(`/documents/${file}/open?group=${group}&language=${pageLanguage()}`);
    opened.set(file, await answer.json().catch(() => ({ why: say("lost") })));
  }
  if (seen) showGroups(seen.groups);
  document.querySelector(`[data-file="${CSS.escape(file)}"]`)?.focus();
}

// The server.

// The table has no order of its own: a row is put where it was first seen, the newest on top.
function showRows(rows) {
  badge("server", rows.length);
  if (rows.length === 0) return replace($("rows"), "empty", [make("div", { className: "card empty" }, say("serverEmpty"))]);
  const id = (row) => row.columns[0][1];
  const before = firstSeen.size;
  rows.forEach((row) => { if (!firstSeen.has(id(row))) firstSeen.set(id(row), firstSeen.size); });
  const sorted = rows.toSorted((a, b) => firstSeen.get(id(b)) - firstSeen.get(id(a)));
  replace($("rows"), JSON.stringify(rows), sorted.map((row) => {
    const list = make("dl");
    for (const [name, value] of row.columns) list.append(make("dt", {}, name), make("dd", {}, value));
    list.append(make("dt", {}, "ciphertext"),
      make("dd", {}, make("span", { className: "hex" }, row.ciphertext.match(/.{1,4}/g)?.join(" ") ?? "∅"),
        make("span", { className: "size" }, row.size ? ` … ${size(row.size)}` : ` ${say("erased")}`)));
    const isNew = before > 0 && firstSeen.get(id(row)) >= before;
    return make("article", { className: isNew ? "card table new" : "card table" }, list);
  }));
}

function replace(list, print, children) {
  const whole = print + pageLanguage();
  if (list.dataset.print === whole) return;
  list.dataset.print = whole;
  list.replaceChildren(...children);
}

function clock(moment) {
  return new Date(moment).toLocaleTimeString("fr", { hour: "2-digit", minute: "2-digit" });
}

function size(bytes) {
  return bytes < 1000 ? `${bytes} ${say("bytes")}` : `${(bytes / 1000).toLocaleString(pageLanguage(), { maximumFractionDigits: 1 })} ${say("kilobytes")}`;
}

function badge(part, count) {
  $(`badge-${part}`).hidden = count === 0;
  $(`badge-${part}`).textContent = count;
}

// The whole.

function show() {
  if (!seen) return;
  showMessages(seen.messages);
  showPrompt(seen.messages);
  showMenu(seen.commands);
  showGroups(seen.groups);
  showRows(seen.rows);
}

function watch() {
  live?.close();
  live = new EventSource(`/live/${chat}`);
  live.onmessage = (event) => {
    $("lost").hidden = true;
    seen = JSON.parse(event.data);
    if (!seen.known) return fresh();
    show();
  };
  live.onerror = () => { $("lost").hidden = false; };
}

async function fresh() {
  const language = $("language").value;
  const answer = await post("/chats", { language });
  chat = (await answer.json()).chat;
  sessionStorage.setItem("chat", chat);
  sessionStorage.setItem("language", language);
  $("messages").replaceChildren();
  document.querySelector(".device").dir = RIGHT_TO_LEFT.test(language) ? "rtl" : "ltr";
  $("messages").lang = language;
  watch();
}

function choosePart(name) {
  for (const part of ["phone", "association", "server"]) {
    $(part).classList.toggle("shown", part === name);
    $(`tab-${part}`).setAttribute("aria-selected", String(part === name));
    $(`tab-${part}`).tabIndex = part === name ? 0 : -1;
  }
}

function choosePageLanguage(language) {
  setPageLanguage(language);
  document.documentElement.lang = language;
  document.title = say("title");
  document.querySelectorAll("[data-say]").forEach((element) => { element.textContent = say(element.dataset.say); });
  document.querySelectorAll("[data-label]").forEach((element) => element.setAttribute("aria-label", say(element.dataset.label)));
  document.querySelectorAll("[data-page-language]").forEach((element) =>
    element.setAttribute("aria-pressed", String(element.dataset.pageLanguage === language)));
  // What was opened was said in the other language.
  opened.clear();
  show();
}

function listen() {
  document.querySelectorAll("[data-page-language]").forEach((element) => {
    element.onclick = () => { localStorage.setItem("page-language", element.dataset.pageLanguage); choosePageLanguage(element.dataset.pageLanguage); };
  });
  const parts = ["phone", "association", "server"];
  parts.forEach((part, at) => {
    $(`tab-${part}`).onclick = () => choosePart(part);
    $(`tab-${part}`).onkeydown = (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = parts[(at + step + parts.length) % parts.length];
      choosePart(next);
      $(`tab-${next}`).focus();
    };
  });
  $("fresh").onclick = fresh;
  $("language").onchange = fresh;
  $("menu").onclick = () => toggleMenu($("menu-list").hidden);
  $("field").onkeydown = (event) => { if (event.key === "Escape" && !$("menu-list").hidden) { toggleMenu(false); $("menu").focus(); } };
  document.addEventListener("click", (event) => { if (!event.target.closest(".field")) toggleMenu(false); });
  $("prompt-off").onclick = () => { prompt = null; $("prompt").hidden = true; $("text").placeholder = say("write"); };
  $("field").onsubmit = (event) => {
    event.preventDefault();
    const text = $("text").value.trim();
    if (!text) return;
    $("text").value = "";
    act({ does: "say", text, reply_to: prompt?.id });
  };
}

async function begin() {
  listen();
  choosePart("phone");
  const languages = await (await fetch("/languages")).json();
  $("language").append(...languages.map(([code, name]) => make("option", { value: code, lang: code, dir: "auto" }, name)));
  const offered = (code) => languages.some(([known]) => known === code);
  const own = navigator.language.split("-")[0];
  const asked = new URLSearchParams(location.search);
  const page = asked.get("page") ?? localStorage.getItem("page-language") ?? own;
  choosePageLanguage(page === "fr" ? "fr" : "en");
  const phone = asked.get("phone") ?? sessionStorage.getItem("language") ?? own;
  $("language").value = offered(phone) ? phone : "en";
  chat = Number(asked.has("phone") ? 0 : sessionStorage.getItem("chat"));
  if (!chat) return fresh();
  document.querySelector(".device").dir = RIGHT_TO_LEFT.test($("language").value) ? "rtl" : "ltr";
  watch();
}

begin();
