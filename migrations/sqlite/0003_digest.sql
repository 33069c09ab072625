-- Notices that come in a storm are told together: how each is told, and what has come of late for whom.

-- Told by a message of its own, or by one that it shares with others; nothing before that was decided.
ALTER TABLE notices ADD COLUMN way TEXT CHECK (way IN ('alone', 'together'));
UPDATE notices SET way = 'alone' WHERE attempts > 0 OR message IS NOT NULL;

-- What the volunteers' chats were told of late: counts for each quarter of an hour, and the message that
-- stands for many. Nothing about a request stands here.
CREATE TABLE pace (
    association   TEXT    NOT NULL PRIMARY KEY CHECK (length(association) BETWEEN 2 AND 48),
    -- One sender at a time tells a chat; a sender that died holds it until then.
    held_until    INTEGER NOT NULL DEFAULT 0,
    quarter       INTEGER NOT NULL DEFAULT 0 CHECK (quarter % 900 = 0),
    usual         INTEGER NOT NULL DEFAULT 0 CHECK (usual >= 0),
    urgent        INTEGER NOT NULL DEFAULT 0 CHECK (urgent >= 0),
    usual_before  INTEGER NOT NULL DEFAULT 0 CHECK (usual_before >= 0),
    urgent_before INTEGER NOT NULL DEFAULT 0 CHECK (urgent_before >= 0),
    -- When the last message for many was told, cut to five minutes.
    digest_told   INTEGER NOT NULL DEFAULT 0 CHECK (digest_told % 300 = 0),
    -- The message for many that stands in the chat, and when it was sent.
    digest        INTEGER,
    digest_begun  INTEGER CHECK (digest_begun % 300 = 0),
    CHECK ((digest IS NULL) = (digest_begun IS NULL))
) STRICT;
