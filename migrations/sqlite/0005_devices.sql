-- Devices of volunteers: which of them a coordinator took out, which sessions ended before their time. Public keys of
-- volunteers' devices and nothing of persons.

CREATE TABLE devices (
    association TEXT NOT NULL CHECK (length(association) BETWEEN 2 AND 48),
    -- The device's age recipient.
    recipient   TEXT NOT NULL CHECK (length(recipient) BETWEEN 10 AND 200),
    -- Sessions of this device that began before this second are over.
    ended_at    INTEGER,
    -- Since when nothing is sealed to it any more; the coordinator's statement, as JSON, says by whom.
    removed_at  INTEGER,
    removal     TEXT,
    PRIMARY KEY (association, recipient),
    CHECK ((removed_at IS NULL) = (removal IS NULL))
) STRICT;

-- Sessions that a volunteer ended; each until it would have ended by itself.
CREATE TABLE ended_sessions (
    session BLOB NOT NULL PRIMARY KEY CHECK (length(session) = 16),
    until   INTEGER NOT NULL
) STRICT;
