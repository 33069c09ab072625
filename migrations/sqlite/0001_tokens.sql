-- What the server keeps: sealed tokens and the few columns that deliver and delete them. Nothing about a
-- person stands here in clear. Moments are seconds since 1970-01-01 UTC, days are days since then.

CREATE TABLE tokens (
    id            BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    handoff       BLOB    NOT NULL CHECK (length(handoff) = 16),
    association   TEXT    NOT NULL CHECK (length(association) BETWEEN 2 AND 48),
    kind          TEXT    NOT NULL CHECK (kind IN ('handoff', 'addition', 'message', 'withdrawal')),
    ciphertext    BLOB    NOT NULL,
    received_hour INTEGER NOT NULL CHECK (received_hour % 3600 = 0),
    respond_by    INTEGER NOT NULL CHECK (respond_by % 900 = 0),
    expires_on    INTEGER NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN
        ('pending', 'accepted', 'declined', 'passed_on', 'done', 'revoked', 'expired')),
    attempts      INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt  INTEGER,
    -- What a person took back is gone, what was not taken back is there.
    CHECK ((length(ciphertext) = 0) = (state IN ('revoked', 'expired')))
) STRICT;

CREATE UNIQUE INDEX one_token_per_handoff ON tokens (handoff) WHERE kind = 'handoff';
CREATE INDEX tokens_of_handoff ON tokens (handoff);
CREATE INDEX tokens_of_association ON tokens (association, state);
CREATE INDEX tokens_by_expiry ON tokens (expires_on);

CREATE TABLE notices (
    id           INTEGER NOT NULL PRIMARY KEY,
    token        BLOB    NOT NULL REFERENCES tokens (id) ON DELETE CASCADE,
    audience     TEXT    NOT NULL CHECK (length(audience) BETWEEN 2 AND 48),
    reason       TEXT    NOT NULL CHECK (reason IN ('new', 'late', 'withdrawn')),
    state        TEXT    NOT NULL CHECK (state IN ('open', 'sent', 'failed')),
    attempts     INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt INTEGER,
    message      INTEGER,
    -- An open notice has its turn, unless it waits to hear which message it has to replace.
    CHECK (state <> 'open' OR next_attempt IS NOT NULL OR (reason = 'withdrawn' AND message IS NULL)),
    CHECK (state = 'open' OR next_attempt IS NULL),
    CHECK (state <> 'sent' OR message IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX one_notice_per_reason ON notices (token, audience, reason) WHERE reason <> 'withdrawn';
CREATE INDEX notices_of_token ON notices (token);
CREATE INDEX notices_due ON notices (next_attempt) WHERE state = 'open';

CREATE TABLE associations (
    id            TEXT    NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 2 AND 48),
    last_proof_on INTEGER,
    paused_until  INTEGER
) STRICT;
