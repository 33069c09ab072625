// What did not work, by a code for which the page has words.

/** Something that did not work. */
export class Fault extends Error {
  constructor(code, more = {}) {
    super(code);
    this.code = code;
    Object.assign(this, more);
  }
}

/**
 * What an honest server never does: a signature, a line or a version that does not fit. Whoever meets it stops
 * everything. `why` is `answer`, `challenge`, `key`, `list`, `rollback`, `service` or `signers`.
 */
export const untrusted = (why) => new Fault("untrusted", { why });
