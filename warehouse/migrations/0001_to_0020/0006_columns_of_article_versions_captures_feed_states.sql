-- Columns of fields that were declared on types since the file before; written by `make freeze`.
-- A warehouse that got them from `migrate` already keeps them as they are.

ALTER TABLE main.article_versions ADD COLUMN IF NOT EXISTS notice VARCHAR;
COMMENT ON COLUMN main.article_versions.notice IS 'retraction or removal, where the text says so of itself (ops.events has what came of it).';

ALTER TABLE main.captures ADD COLUMN IF NOT EXISTS guid VARCHAR;
COMMENT ON COLUMN main.captures.guid IS 'GUID of the entry; NULL: none.';

ALTER TABLE main.captures ADD COLUMN IF NOT EXISTS known_as VARCHAR;
COMMENT ON COLUMN main.captures.known_as IS 'Canonical URL of the article that moved here; NULL: none.';

ALTER TABLE ops.feed_states ADD COLUMN IF NOT EXISTS entries_new BIGINT;
COMMENT ON COLUMN ops.feed_states.entries_new IS 'Of the entries, those never met before.';

ALTER TABLE ops.feed_states ADD COLUMN IF NOT EXISTS poll_every_s DOUBLE;
COMMENT ON COLUMN ops.feed_states.poll_every_s IS 'Seconds between polls while it answers.';

ALTER TABLE ops.feed_states ADD COLUMN IF NOT EXISTS poll_hint_s DOUBLE;
COMMENT ON COLUMN ops.feed_states.poll_hint_s IS 'Fewest seconds between polls that it asks for; NULL: none.';

ALTER TABLE ops.feed_states ADD COLUMN IF NOT EXISTS named_by VARCHAR;
COMMENT ON COLUMN ops.feed_states.named_by IS 'The sitemap index that named it; NULL: the source does.';

ALTER TABLE ops.feed_states ADD COLUMN IF NOT EXISTS entries_last BIGINT;
COMMENT ON COLUMN ops.feed_states.entries_last IS 'Entries of the last answer that listed any.';

ALTER TABLE ops.feed_states ADD COLUMN IF NOT EXISTS answered_at TIMESTAMPTZ;
COMMENT ON COLUMN ops.feed_states.answered_at IS 'Last run that it answered (UTC).';

ALTER TABLE ops.feed_states ADD COLUMN IF NOT EXISTS polls BIGINT;
COMMENT ON COLUMN ops.feed_states.polls IS 'Answers after the first that new_per_day was observed in.';

ALTER TABLE ops.feed_states ADD COLUMN IF NOT EXISTS new_per_day DOUBLE;
COMMENT ON COLUMN ops.feed_states.new_per_day IS 'Usual number of entries never met before, a day.';

ALTER TABLE ops.feed_states ADD COLUMN IF NOT EXISTS observed_days DOUBLE;
COMMENT ON COLUMN ops.feed_states.observed_days IS 'Days that new_per_day is a mean of.';

ALTER TABLE ops.feed_states ADD COLUMN IF NOT EXISTS domains VARCHAR[];
COMMENT ON COLUMN ops.feed_states.domains IS 'Registrable domains that its entries led to.';

ALTER TABLE ops.feed_states ADD COLUMN IF NOT EXISTS is_guid_trusted BOOLEAN;
COMMENT ON COLUMN ops.feed_states.is_guid_trusted IS 'Whether its GUIDs were stable and unique so far.';
