-- How a person may be reached is one value that each change replaces: a number that return addresses carry, and whether
-- they may be written to at all. And which national team reads along, so that what is added goes to who reads the rest.

ALTER TABLE tokens ADD COLUMN address_no INTEGER NOT NULL DEFAULT 0 CHECK (address_no >= 0);
-- The person wants no messages for now: what waits is fetched by who looks.
ALTER TABLE tokens ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1));
-- Of a request: the team that it was sealed to beside the association.
ALTER TABLE tokens ADD COLUMN team TEXT CHECK (length(team) BETWEEN 2 AND 48);
-- The newest return address, sealed by the server's key, where it is not the one in the message.
ALTER TABLE waiting ADD COLUMN address TEXT CHECK (length(address) BETWEEN 40 AND 120);

-- Of requests from before, whoever is or was to be told beside those who were asked is the team.
UPDATE tokens SET team = (
    SELECT MIN(notices.audience) FROM notices JOIN tokens AS leg ON leg.id = notices.token
    WHERE leg.handoff = tokens.handoff AND leg.kind = 'handoff'
      AND notices.audience NOT IN
          (SELECT asked.association FROM tokens AS asked
           WHERE asked.handoff = tokens.handoff AND asked.kind = 'handoff'))
WHERE kind = 'handoff';
