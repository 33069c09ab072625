// What is known now: the request and what the person added since. A later word on the same thing holds.

const list = (value) => (Array.isArray(value) ? value : []);
const ANSWERS = ["yes", "no", "skipped"];

function mergeSigns(all) {
  const answers = new Map();
  for (const signs of all.filter(Boolean)) {
    for (const answer of ANSWERS) for (const code of list(signs[answer])) answers.set(code, answer);
  }
  if (answers.size === 0) return undefined;
  const given = (answer) => [...answers].filter(([, one]) => one === answer).map(([code]) => code);
  return Object.fromEntries(ANSWERS.map((answer) => [answer, given(answer)]));
}

/**
 * Returns how the person is reached: contact and return address, one value that is replaced as a whole, and
 * `stopped` where the person ended all messages. The request says it first. Of the pieces that say it anew the
 * highest number holds, in whatever order they came; of equal numbers the later one. What was written on a phone
 * that found the request by its code replaces nothing: whoever holds the code could turn all answers to themselves.
 */
export function reach(record, pieces) {
  const own = pieces.filter((piece) => piece.elsewhere !== true);
  let [holds, number] = [record, 0];
  for (const piece of own) {
    if (Number.isSafeInteger(piece.reach_no) && piece.reach_no >= number) [holds, number] = [piece, piece.reach_no];
  }
  return {
    contact: holds.contact,
    return_address: holds.return_address,
    // Before there were numbers a stop had none: it holds until hours are chosen again.
    stopped: holds.stop === true || (number === 0 && [record, ...own].some((piece) => piece.stop === true)),
  };
}

/** Returns whether a person is reached in another way than before. */
export const reachDiffers = (before, after) =>
  canAnswer(before) !== canAnswer(after) ||
  before.return_address !== after.return_address ||
  before.contact?.window !== after.contact?.window;

/**
 * Returns the request's record with what verified additions and messages changed, oldest first. The language stands
 * in every piece: the newest of the person's own phone holds.
 */
export function merge(record, pieces) {
  const newest = pieces.filter((piece) => piece.elsewhere !== true).pop() ?? record;
  const last = (pick, empty) =>
    pieces
      .map(pick)
      .filter((value) => !empty(value))
      .pop();
  const none = (value) => value === undefined || value === null;
  return {
    ...record,
    locale: newest.locale,
    ...reach(record, pieces),
    danger: record.danger || pieces.some((piece) => piece.danger === true),
    needs: [...new Set([...list(record.needs), ...pieces.flatMap((piece) => list(piece.needs))])],
    children: last((piece) => piece.children, none) ?? record.children,
    spoken_languages:
      last(
        (piece) => list(piece.spoken_languages),
        (value) => value.length === 0,
      ) ?? list(record.spoken_languages),
    signs: mergeSigns([record.signs, ...pieces.map((piece) => piece.signs)]),
  };
}

/** The shape of a return address: an opaque text of the server's, which only the server can open. */
const RETURN_ADDRESS = /^[A-Za-z0-9_-]{40,120}$/;

/** Returns whether a person can be written to: there is a way back, and it looks like one. */
export const canAnswer = ({ return_address: address, stopped }) =>
  !stopped && typeof address === "string" && RETURN_ADDRESS.test(address);
