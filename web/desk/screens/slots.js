// The blanks of a phrase: a day, an hour, a phone, a place, each in a box that takes nothing else.

import { add, field, fresh, h } from "../lib/dom.js";
import { now } from "../lib/clock.js";
import { DAYS, SPOTS, readPhone } from "../lib/phrases.js";
import { formats, say } from "../lib/say.js";

const MINUTES = ["00", "15", "30", "45"];
/** What stands in a preview where nothing was chosen yet. */
export const BLANK = { day: "monday", time: "··:··", phone: "+·· ·", place: "office" };

function select(label, options, onchange) {
  const control = h(
    "select",
    { onchange: () => onchange(control.value) },
    h("option", { value: "" }, say("page-choose")),
    options.map(([value, text]) => h("option", { value }, text)),
  );
  return field(label, control);
}

export function slotField(slot, onvalue) {
  switch (slot) {
    case "day":
      return select(say("page-slot-day"), nextDays(), onvalue);
    case "place":
      return select(
        say("page-slot-place"),
        SPOTS.map((spot) => [spot, say(`page-spot-${spot.replaceAll("_", "-")}`)]),
        onvalue,
      );
    case "time":
      return timeField(onvalue);
    default: {
      const phone = field(
        say("page-slot-phone"),
        h("input", {
          type: "tel",
          oninput: () => onvalue(readPhone(phone.control.value)),
          onchange: () => phone.say(readPhone(phone.control.value) ? null : say("page-phone-wrong")),
        }),
        say("page-slot-phone-hint"),
      );
      return phone;
    }
  }
}

/** The coming seven days: the person gets the day's name, the volunteer also sees the date. */
function nextDays() {
  return [0, 1, 2, 3, 4, 5, 6].map((ahead) => {
    const date = new Date(now() + ahead * 86_400_000);
    const label = new Intl.DateTimeFormat(formats(), {
      weekday: "long",
      day: "numeric",
      month: "long",
    }).format(date);
    return [DAYS[(date.getDay() + 6) % 7], ahead === 0 ? say("page-today", { day: label }) : label];
  });
}

function timeField(onvalue) {
  const [hourId, minuteId] = [fresh("hour"), fresh("minute")];
  const tell = () => onvalue(hour.value ? `${hour.value}:${minute.value}` : null);
  const hour = h(
    "select",
    { id: hourId, onchange: tell },
    h("option", { value: "" }, say("page-choose")),
    [...Array(24).keys()].map((n) => String(n).padStart(2, "0")).map((n) => h("option", { value: n }, n)),
  );
  const minute = h(
    "select",
    { id: minuteId, onchange: tell },
    MINUTES.map((n) => h("option", { value: n }, n)),
  );
  return add(h("div", { class: "field-pair" }), [
    h("div", { class: "field" }, h("label", { for: hourId }, say("page-slot-hour")), hour),
    h("div", { class: "field" }, h("label", { for: minuteId }, say("page-slot-minute")), minute),
  ]);
}
