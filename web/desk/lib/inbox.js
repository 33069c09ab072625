// The requests of one association: tokens in, piles out. Knows no page and no server.

/** Pieces that tell a volunteer something new. */
const NEWS = new Set(["handoff", "addition", "message", "withdrawal", "note"]);
const FROM_PERSON = new Set(["addition", "message", "withdrawal"]);
const OVER = new Set(["done", "declined", "passed_on", "revoked", "expired"]);
/** The piles, by whose turn it is. */
export const PILES = ["new", "mine", "waiting", "done"];

export class Inbox {
  constructor() {
    this.tokens = new Map();
    this.order = 0;
    this.claims = new Map();
  }

  /** Takes tokens as the server gives them; returns those that were not here before. */
  take(tokens) {
    const fresh = [];
    for (const token of tokens) {
      const known = this.tokens.get(token.id);
      if (!known) fresh.push(token);
      this.tokens.set(token.id, { ...token, order: known?.order ?? (this.order += 1) });
    }
    this.forget();
    return fresh;
  }

  /** Lets go of the ciphertext of what was taken back, also where it came before the withdrawal. */
  forget() {
    const tokens = [...this.tokens.values()];
    const gone = new Set(tokens.filter(withdraws).map((token) => token.handoff));
    for (const token of tokens) {
      if (token.kind !== "withdrawal" && gone.has(token.handoff)) token.ciphertext = "";
    }
  }

  /** Notes who took a request: the server takes one claim at a time, so the newest holds. */
  claim(handoff, claim) {
    const known = this.claims.get(handoff);
    if (!known || known.order < claim.order) this.claims.set(handoff, claim);
  }

  /** Returns the requests, most pressing first. */
  requests(me, read) {
    const groups = new Map();
    for (const token of this.tokens.values()) {
      if (!groups.has(token.handoff)) groups.set(token.handoff, []);
      groups.get(token.handoff).push(token);
    }
    return [...groups].map(([handoff, tokens]) => this.request(handoff, tokens, me, read)).sort(pressing);
  }

  request(handoff, tokens, me, read) {
    tokens.sort((a, b) => Date.parse(a.received) - Date.parse(b.received) || a.order - b.order);
    const main = tokens.filter((token) => token.kind === "handoff").sort(standing)[0] ?? tokens[0];
    const elsewhere = main.taken_by && main.taken_by !== me.association ? main.taken_by : null;
    const claim = elsewhere ? null : (this.claims.get(handoff) ?? null);
    const holder = claim?.pseudonym ?? null;
    const withdrawn = tokens.some(withdraws);
    const words = tokens.filter((token) => FROM_PERSON.has(token.kind) || token.kind === "reply");
    const answered = words[words.length - 1]?.kind === "reply";
    const unread = tokens.filter((token) => NEWS.has(token.kind) && !read.has(token.id)).length;
    const mine = holder !== null && holder === me.pseudonym;
    const over = withdrawn || OVER.has(main.state);
    const pile = over ? "done" : main.state === "pending" ? "new" : mine && !answered ? "mine" : "waiting";
    return {
      handoff,
      tokens,
      main,
      state: withdrawn ? "revoked" : main.state,
      holder,
      proved: claim?.proved === true,
      elsewhere,
      mine,
      answered,
      unread,
      pile,
      over,
    };
  }
}

const withdraws = ({ kind, state }) => kind === "withdrawal" || (kind === "handoff" && state === "revoked");

/** A request that was passed on has a row for each association: one's own first, then the one still open. */
function standing(a, b) {
  const weight = ({ audience, state }) => (audience === "association" ? 2 : 0) + (OVER.has(state) ? 0 : 1);
  return weight(b) - weight(a) || b.order - a.order;
}

function pressing(a, b) {
  if (a.pile !== b.pile) return PILES.indexOf(a.pile) - PILES.indexOf(b.pile);
  if (a.pile === "new") return Date.parse(a.main.respond_by) - Date.parse(b.main.respond_by);
  const last = (request) => Date.parse(request.tokens[request.tokens.length - 1].received);
  return Number(b.unread > 0) - Number(a.unread > 0) || last(b) - last(a);
}
