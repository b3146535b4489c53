-- Columns of fields that were declared on types since the file before; written by `make freeze`.
-- A warehouse that got them from `migrate` already keeps them as they are.

ALTER TABLE main.captures ADD COLUMN IF NOT EXISTS policy_evidence VARCHAR[];
COMMENT ON COLUMN main.captures.policy_evidence IS 'Files of its host that reserve one of them: tdmrep.json, robots.txt with the line, RSL.';
