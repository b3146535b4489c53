-- Columns of fields that were declared on types since the file before; written by `make freeze`.
-- A warehouse that got them from `migrate` already keeps them as they are.

ALTER TABLE ops.site_blocks ADD COLUMN IF NOT EXISTS late_in UUID;
COMMENT ON COLUMN ops.site_blocks.late_in IS 'The batch of which it was read last: the next batch does without it; NULL: none.';
