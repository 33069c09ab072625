// Whom a request can be passed on to, best first.

/** What nobody has told about an association: then it takes nothing. */
const UNKNOWN = { routable: false, full: false, department: null, languages: [], situations: [] };

/**
 * Returns the other associations of the signed list with what the server says about them: first those that the
 * router named, next best first, then those that fit. Who said no, or cannot take it, comes last.
 */
export function othersFor(record, { list, hints, association }, refusedBy = []) {
  const language = record.locale.split("-")[0];
  const named = Array.isArray(record.routing?.others) ? record.routing.others : [];
  const fits = (one) => ({
    one,
    situation: !record.situation || one.situations.includes(record.situation),
    language: one.languages.some((tag) => tag.split("-")[0] === language),
    near: Boolean(record.place?.departement) && one.department === record.place.departement,
    named: named.includes(one.id),
    refused: refusedBy.includes(one.id),
  });
  const place = ({ one, named: is }) => (is ? named.indexOf(one.id) : named.length);
  const open = ({ one, refused }) => Number(one.routable && !refused);
  const weight = (fit) => (fit.situation ? 4 : 0) + (fit.language ? 2 : 0) + (fit.near ? 1 : 0);
  return list.associations
    .filter((one) => one.id !== association)
    .map((one) => fits({ ...(hints.get(one.id) ?? UNKNOWN), ...one }))
    .sort(
      (a, b) =>
        open(b) - open(a) || place(a) - place(b) || weight(b) - weight(a) || a.one.name.localeCompare(b.one.name),
    );
}
