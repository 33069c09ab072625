// Builds elements. Nothing in the desk ever parses HTML: what a person wrote can only become text.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "open", "selected", "readOnly"]);

const BOXES = new Set(["input", "textarea", "select"]);
/**
 * What is typed stays here: a spelling or writing help that asks another server, or a memory of what was typed, is
 * switched off in every box.
 */
const KEPT_HERE = { spellcheck: "false", autocomplete: "off", autocorrect: "off", writingsuggestions: "false" };

/** Returns an element: `h("p", { class: "hint" }, "text", child)`. Handlers are given as `onclick` and so on. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  const all = BOXES.has(tag) ? { ...attributes, ...KEPT_HERE } : attributes;
  for (const [name, value] of Object.entries(all ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  add(element, children);
  return element;
}

/** Adds children: nodes, texts, lists of them; nothing for null and false. */
export function add(element, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === undefined || child === null || child === false || child === "") continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** Replaces everything inside an element. */
export function fill(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  back: "M15 5l-7 7 7 7",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  gear: "M4 7h10M18 7h2M4 17h2M10 17h10M16 7m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M8 17m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
  send: "M4 12l16-7-5 15-3.5-6z",
  note: "M5 4h14v12l-4 4H5zM15 20v-4h4M8 9h8M8 13h5",
  pass: "M4 8h13M13 4l4 4-4 4M20 16H7M11 12l-4 4 4 4",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.5l4.5 4.5L19 7",
  warn: "M12 4l9 16H3zM12 10v4M12 17v.5",
  sound: "M5 10v4h3l4 4V6L8 10zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  mute: "M5 10v4h3l4 4V6L8 10zM16 10l4 4M20 10l-4 4",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  search: "M11 11m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0M20 20l-4.5-4.5",
};

/** Returns a drawing that says nothing to a screen reader: the word beside it does. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

let count = 0;
/** Returns an id that no other element has. */
export const fresh = (name) => `${name}-${(count += 1)}`;

/** Returns a labelled field: the label, a hint, the control, a place for its fault. */
export function field(label, control, hint) {
  const id = control.id || fresh("field");
  control.id = id;
  const described = [];
  const hintNode = hint && h("p", { class: "hint", id: `${id}-hint` }, hint);
  if (hintNode) described.push(`${id}-hint`);
  const fault = h("p", { class: "fault", id: `${id}-fault`, hidden: true });
  described.push(`${id}-fault`);
  control.setAttribute("aria-describedby", described.join(" "));
  const node = h("div", { class: "field" }, h("label", { for: id }, label), hintNode, control, fault);
  node.say = (text) => {
    fault.hidden = !text;
    fill(fault, text ?? "");
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    if (text) control.focus();
  };
  node.control = control;
  return node;
}

/** Returns radio buttons as one group: `choices` are `[value, label, hint?]`. */
export function choices(legend, name, list, onchange) {
  return h(
    "fieldset",
    { class: "choices" },
    h("legend", {}, legend),
    list.map(([value, label, hint]) => {
      const id = fresh(name);
      return h(
        "label",
        { class: "choice", for: id },
        h("input", { type: "radio", name, value, id, onchange: () => onchange(value) }),
        h("span", {}, label, hint && h("small", {}, hint)),
      );
    }),
  );
}

/** Waits until what was just drawn is on the screen: the work that follows may block it. */
export const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));

/** Runs an action behind a button: the button is busy meanwhile, and faults go to `onfault`. */
export async function busy(button, action, onfault) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  button.setAttribute("aria-disabled", "true");
  try {
    await painted();
    await action();
  } catch (fault) {
    await onfault(fault);
  } finally {
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  }
}

/** Hands a text, or bytes, over as a file to keep. */
export function save(name, content, type = "application/octet-stream") {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
