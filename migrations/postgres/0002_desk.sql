-- The desk: claims, notes and replies, the order of changes, messages that wait, what was done.

ALTER TABLE tokens
    DROP CONSTRAINT tokens_kind_check,
    ADD CONSTRAINT tokens_kind_check CHECK (kind IN
        ('handoff', 'addition', 'message', 'withdrawal', 'claim', 'note', 'reply')),
    -- Whose turn it was: 0 is the first association, and each that a request is passed on to is one more.
    ADD COLUMN leg BIGINT NOT NULL DEFAULT 0 CHECK (leg >= 0),
    -- Place in the order of changes; a desk asks for what lies after the last one it has seen.
    ADD COLUMN changed BIGINT NOT NULL DEFAULT 1 CHECK (changed > 0),
    -- The association whose volunteer accepted.
    ADD COLUMN taker TEXT CHECK (length(taker) BETWEEN 2 AND 48),
    -- A volunteer has opened the request.
    ADD COLUMN seen BIGINT NOT NULL DEFAULT 0 CHECK (seen IN (0, 1)),
    -- The person wants no more messages about this request.
    ADD COLUMN stopped BIGINT NOT NULL DEFAULT 0 CHECK (stopped IN (0, 1)),
    -- What became of a reply to the person.
    ADD COLUMN delivery TEXT
        CHECK (delivery IN ('queued', 'delivered', 'opened', 'failed', 'stopped', 'expired'));

UPDATE tokens SET changed = counted.place FROM
    (SELECT id, row_number() OVER (ORDER BY received_hour, id) AS place FROM tokens) AS counted
    WHERE counted.id = tokens.id;
UPDATE tokens SET taker = association WHERE state = 'accepted';
ALTER TABLE tokens
    ADD CHECK ((kind = 'reply') = (delivery IS NOT NULL)),
    ADD CHECK (state <> 'accepted' OR taker IS NOT NULL);

DROP INDEX one_token_per_handoff;
DROP INDEX tokens_of_association;
CREATE UNIQUE INDEX one_token_per_leg ON tokens (handoff, leg) WHERE kind = 'handoff';
CREATE INDEX tokens_of_association ON tokens (association, changed);
CREATE INDEX tokens_by_change ON tokens (changed);

ALTER TABLE notices
    DROP CONSTRAINT notices_reason_check,
    ADD CONSTRAINT notices_reason_check CHECK (reason IN ('new', 'late', 'declined', 'withdrawn'));
CREATE INDEX notices_of_audience ON notices (audience);

-- The order of changes has one counter: whoever takes a number holds it until the commit, so that no desk
-- sees a later change before an earlier one.
CREATE TABLE changes (
    id     BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    latest BIGINT NOT NULL CHECK (latest > 0)
);
INSERT INTO changes (id, latest) SELECT 1, count(*) + 1 FROM tokens;

-- Who has said no to which request, so that it does not come back to them. No word of why.
CREATE TABLE refusals (
    handoff     BYTEA NOT NULL CHECK (length(handoff) = 16),
    association TEXT NOT NULL CHECK (length(association) BETWEEN 2 AND 48),
    PRIMARY KEY (handoff, association)
);

-- Messages to persons that wait: for the hour in which they may come, or to be opened. Return address and
-- text are sealed with age to this server's own recipient and live 72 hours at most.
CREATE TABLE waiting (
    token        BYTEA    NOT NULL PRIMARY KEY REFERENCES tokens (id) ON DELETE CASCADE,
    handoff      BYTEA    NOT NULL CHECK (length(handoff) = 16),
    ciphertext   BYTEA    NOT NULL CHECK (length(ciphertext) > 0),
    state        TEXT    NOT NULL CHECK (state IN ('queued', 'pushed')),
    attempts     BIGINT NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt BIGINT,
    expires_at   BIGINT NOT NULL CHECK (expires_at % 3600 = 0),
    CHECK ((state = 'queued') = (next_attempt IS NOT NULL))
);
CREATE INDEX waiting_due ON waiting (next_attempt) WHERE state = 'queued';
CREATE INDEX waiting_by_expiry ON waiting (expires_at);
CREATE INDEX waiting_of_handoff ON waiting (handoff);

-- What was done at a desk: by which association, in which hour, how often. Neither by whom nor to whom.
CREATE TABLE audit (
    association TEXT    NOT NULL CHECK (length(association) BETWEEN 2 AND 48),
    action      TEXT    NOT NULL CHECK (action IN
        ('signed_in', 'accepted', 'declined', 'passed_on', 'replied', 'noted', 'closed', 'paused')),
    hour        BIGINT NOT NULL CHECK (hour % 3600 = 0),
    times       BIGINT NOT NULL CHECK (times > 0),
    PRIMARY KEY (association, action, hour)
);

ALTER TABLE associations ADD COLUMN proof_warned_on BIGINT;
