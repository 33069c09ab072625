-- How many requests wait unanswered at each association is asked at every request where somebody has a limit.
CREATE INDEX tokens_waiting ON tokens (association) WHERE kind = 'handoff' AND state = 'pending';
