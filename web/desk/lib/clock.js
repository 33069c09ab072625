// The server's time: a volunteer's device may be wrong by hours, and a deadline may not.

import { formats, say } from "./say.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A device whose clock is further off than this is told so. */
const SKEW = 5 * MINUTE;

let offset = 0;

/** Notes what time it is at the server. */
export function agree(serverTime) {
  const theirs = Date.parse(serverTime);
  if (!Number.isNaN(theirs)) offset = theirs - Date.now();
}

export const now = () => Date.now() + offset;

/** Returns by how many minutes the device is wrong, or 0 where that does not matter. */
export const skewMinutes = () => (Math.abs(offset) > SKEW ? Math.round(Math.abs(offset) / MINUTE) : 0);

/** Returns a length of time in words: "25 min", "3 h", "2 jours". */
export function span(milliseconds) {
  const length = Math.abs(milliseconds);
  if (length < HOUR) return say("page-minutes", { n: Math.max(1, Math.round(length / MINUTE)) });
  if (length < 10 * HOUR) {
    const minutes = Math.round((length % HOUR) / (15 * MINUTE)) * 15;
    const hours = Math.floor(length / HOUR) + (minutes === 60 ? 1 : 0);
    return minutes % 60 === 0
      ? say("page-hours", { n: hours })
      : say("page-hours-minutes", { h: hours, m: minutes });
  }
  if (length < 2 * DAY) return say("page-hours", { n: Math.round(length / HOUR) });
  return say("page-days", { n: Math.round(length / DAY) });
}

/** Returns how long ago a request came; requests carry the hour only. */
export function ago(moment) {
  const length = now() - Date.parse(moment);
  return length < HOUR ? say("page-this-hour") : say("page-ago", { span: span(length) });
}

/** Returns the time left to answer: words, and how much it presses (`calm`, `soon`, `late`). */
export function timeLeft(respondBy) {
  const left = Date.parse(respondBy) - now();
  if (Number.isNaN(left)) return null;
  if (left <= 0) return { press: "late", words: say("page-late", { span: span(left) }) };
  return { press: left <= HOUR ? "soon" : "calm", words: say("page-left", { span: span(left) }) };
}

/** Returns the time of day, such as 14:30. */
export const clockTime = (date) =>
  new Intl.DateTimeFormat(formats(), { hour: "2-digit", minute: "2-digit" }).format(date);

/** Returns a day as the volunteer writes it. */
export const day = (value) =>
  new Intl.DateTimeFormat(formats(), { weekday: "long", day: "numeric", month: "long" }).format(
    new Date(value),
  );

const same = (a, b) => a.toDateString() === b.toDateString();

/** Returns a moment as the volunteer writes it. */
export function moment(value, { hourOnly = false } = {}) {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return "";
  const time = hourOnly
    ? new Intl.DateTimeFormat(formats(), {
        hour: "2-digit",
        ...(formats() === "fr-FR" ? {} : { minute: "2-digit" }),
      }).format(date)
    : clockTime(date);
  if (same(date, new Date(now()))) return say("page-today-at", { time });
  const short = new Intl.DateTimeFormat(formats(), {
    weekday: "short",
    day: "numeric",
    month: "short",
  }).format(date);
  return say("page-day-at", { day: short, time });
}
