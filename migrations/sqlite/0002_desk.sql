-- The desk: claims, notes and replies, the order of changes, messages that wait, what was done.
-- SQLite cannot change a CHECK: both tables are made anew and their rows copied.

CREATE TABLE tokens_2 (
    id            BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    handoff       BLOB    NOT NULL CHECK (length(handoff) = 16),
    association   TEXT    NOT NULL CHECK (length(association) BETWEEN 2 AND 48),
    kind          TEXT    NOT NULL CHECK (kind IN
        ('handoff', 'addition', 'message', 'withdrawal', 'claim', 'note', 'reply')),
    ciphertext    BLOB    NOT NULL,
    received_hour INTEGER NOT NULL CHECK (received_hour % 3600 = 0),
    respond_by    INTEGER NOT NULL CHECK (respond_by % 900 = 0),
    expires_on    INTEGER NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN
        ('pending', 'accepted', 'declined', 'passed_on', 'done', 'revoked', 'expired')),
    attempts      INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt  INTEGER,
    -- Whose turn it was: 0 is the first association, and each that a request is passed on to is one more.
    leg           INTEGER NOT NULL DEFAULT 0 CHECK (leg >= 0),
    -- Place in the order of changes; a desk asks for what lies after the last one it has seen.
    changed       INTEGER NOT NULL DEFAULT 1 CHECK (changed > 0),
    -- The association whose volunteer accepted.
    taker         TEXT    CHECK (length(taker) BETWEEN 2 AND 48),
    -- A volunteer has opened the request.
    seen          INTEGER NOT NULL DEFAULT 0 CHECK (seen IN (0, 1)),
    -- The person wants no more messages about this request.
    stopped       INTEGER NOT NULL DEFAULT 0 CHECK (stopped IN (0, 1)),
    -- What became of a reply to the person.
    delivery      TEXT    CHECK (delivery IN ('queued', 'delivered', 'opened', 'failed', 'stopped', 'expired')),
    -- What a person took back is gone, what was not taken back is there.
    CHECK ((length(ciphertext) = 0) = (state IN ('revoked', 'expired'))),
    CHECK ((kind = 'reply') = (delivery IS NOT NULL)),
    CHECK (state <> 'accepted' OR taker IS NOT NULL)
) STRICT;

INSERT INTO tokens_2 (id, handoff, association, kind, ciphertext, received_hour, respond_by, expires_on, state,
        attempts, next_attempt, changed, taker)
    SELECT id, handoff, association, kind, ciphertext, received_hour, respond_by, expires_on, state,
        attempts, next_attempt, row_number() OVER (ORDER BY received_hour, id), CASE WHEN state = 'accepted' THEN association END FROM tokens;

CREATE TABLE notices_2 (
    id           INTEGER NOT NULL PRIMARY KEY,
    token        BLOB    NOT NULL REFERENCES tokens_2 (id) ON DELETE CASCADE,
    audience     TEXT    NOT NULL CHECK (length(audience) BETWEEN 2 AND 48),
    reason       TEXT    NOT NULL CHECK (reason IN ('new', 'late', 'declined', 'withdrawn')),
    state        TEXT    NOT NULL CHECK (state IN ('open', 'sent', 'failed')),
    attempts     INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt INTEGER,
    message      INTEGER,
    -- An open notice has its turn, unless it waits to hear which message it has to replace.
    CHECK (state <> 'open' OR next_attempt IS NOT NULL OR (reason = 'withdrawn' AND message IS NULL)),
    CHECK (state = 'open' OR next_attempt IS NULL),
    CHECK (state <> 'sent' OR message IS NOT NULL)
) STRICT;

INSERT INTO notices_2 (id, token, audience, reason, state, attempts, next_attempt, message)
    SELECT id, token, audience, reason, state, attempts, next_attempt, message FROM notices;

-- The old notices first: the rows of the new ones hang on the new tokens already.
DROP TABLE notices;
DROP TABLE tokens;
ALTER TABLE tokens_2 RENAME TO tokens;
ALTER TABLE notices_2 RENAME TO notices;

CREATE UNIQUE INDEX one_token_per_leg ON tokens (handoff, leg) WHERE kind = 'handoff';
CREATE INDEX tokens_of_handoff ON tokens (handoff);
CREATE INDEX tokens_of_association ON tokens (association, changed);
CREATE INDEX tokens_by_change ON tokens (changed);
CREATE INDEX tokens_by_expiry ON tokens (expires_on);

CREATE UNIQUE INDEX one_notice_per_reason ON notices (token, audience, reason) WHERE reason <> 'withdrawn';
CREATE INDEX notices_of_token ON notices (token);
CREATE INDEX notices_of_audience ON notices (audience);
CREATE INDEX notices_due ON notices (next_attempt) WHERE state = 'open';

-- The order of changes has one counter: whoever takes a number holds it until the commit, so that no desk
-- sees a later change before an earlier one.
CREATE TABLE changes (
    id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    latest INTEGER NOT NULL CHECK (latest > 0)
) STRICT;
INSERT INTO changes (id, latest) SELECT 1, count(*) + 1 FROM tokens;

-- Who has said no to which request, so that it does not come back to them. No word of why.
CREATE TABLE refusals (
    handoff     BLOB NOT NULL CHECK (length(handoff) = 16),
    association TEXT NOT NULL CHECK (length(association) BETWEEN 2 AND 48),
    PRIMARY KEY (handoff, association)
) STRICT;

-- Messages to persons that wait: for the hour in which they may come, or to be opened. Return address and
-- text are sealed with age to this server's own recipient and live 72 hours at most.
CREATE TABLE waiting (
    token        BLOB    NOT NULL PRIMARY KEY REFERENCES tokens (id) ON DELETE CASCADE,
    handoff      BLOB    NOT NULL CHECK (length(handoff) = 16),
    ciphertext   BLOB    NOT NULL CHECK (length(ciphertext) > 0),
    state        TEXT    NOT NULL CHECK (state IN ('queued', 'pushed')),
    attempts     INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt INTEGER,
    expires_at   INTEGER NOT NULL CHECK (expires_at % 3600 = 0),
    CHECK ((state = 'queued') = (next_attempt IS NOT NULL))
) STRICT;
CREATE INDEX waiting_due ON waiting (next_attempt) WHERE state = 'queued';
CREATE INDEX waiting_by_expiry ON waiting (expires_at);
CREATE INDEX waiting_of_handoff ON waiting (handoff);

-- What was done at a desk: by which association, in which hour, how often. Neither by whom nor to whom.
CREATE TABLE audit (
    association TEXT    NOT NULL CHECK (length(association) BETWEEN 2 AND 48),
    action      TEXT    NOT NULL CHECK (action IN
        ('signed_in', 'accepted', 'declined', 'passed_on', 'replied', 'noted', 'closed', 'paused')),
    hour        INTEGER NOT NULL CHECK (hour % 3600 = 0),
    times       INTEGER NOT NULL CHECK (times > 0),
    PRIMARY KEY (association, action, hour)
) STRICT;

ALTER TABLE associations ADD COLUMN proof_warned_on INTEGER;
