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
 * Returns the request's record with what verified additions and messages changed, oldest first. How to answer
 * (language, hours, return address) stands in every piece: the newest holds. `stopped` where the person wants
 * no more messages.
 */
export function merge(record, pieces) {
  const newest = pieces[pieces.length - 1] ?? record;
  const last = (pick, empty) =>
    pieces
      .map(pick)
      .filter((value) => !empty(value))
      .pop();
  const none = (value) => value === undefined || value === null;
  return {
    ...record,
    locale: newest.locale,
    contact: newest.contact,
    return_address: newest.return_address,
    stopped: newest.stop === true,
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
