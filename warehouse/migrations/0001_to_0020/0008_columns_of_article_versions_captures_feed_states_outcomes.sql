-- Columns of fields that were declared on types since the file before; written by `make freeze`.
-- A warehouse that got them from `migrate` already keeps them as they are.

ALTER TABLE main.article_versions ADD COLUMN IF NOT EXISTS policies VARCHAR[];
COMMENT ON COLUMN main.article_versions.policies IS 'What the publisher reserves, by headers or metas: noarchive, noindex, nosnippet, noai, tdm-reservation.';

ALTER TABLE main.captures ADD COLUMN IF NOT EXISTS policies VARCHAR[];
COMMENT ON COLUMN main.captures.policies IS 'What its headers reserve: noarchive, noindex, nosnippet, noai, tdm-reservation.';

ALTER TABLE main.captures ADD COLUMN IF NOT EXISTS canonical_form VARCHAR;
COMMENT ON COLUMN main.captures.canonical_form IS 'The URL without trackers, fragment and other odds of spelling; NULL: it has none.';

ALTER TABLE ops.outcomes ADD COLUMN IF NOT EXISTS canonical_form VARCHAR;
COMMENT ON COLUMN ops.outcomes.canonical_form IS 'The URL without trackers, fragment and other odds of spelling; NULL: it has none.';

ALTER TABLE ops.feed_states ADD COLUMN IF NOT EXISTS moved_to VARCHAR;
COMMENT ON COLUMN ops.feed_states.moved_to IS 'Where it said last that it moved for good; NULL: nowhere.';

ALTER TABLE ops.feed_states ADD COLUMN IF NOT EXISTS moved_polls BIGINT;
COMMENT ON COLUMN ops.feed_states.moved_polls IS 'Polls in a row in which it said so.';

ALTER TABLE ops.feed_states ADD COLUMN IF NOT EXISTS charset VARCHAR;
COMMENT ON COLUMN ops.feed_states.charset IS 'Codec that the answer was read by; NULL: none was read, or a map.';

ALTER TABLE ops.feed_states ADD COLUMN IF NOT EXISTS broken_chars BIGINT;
COMMENT ON COLUMN ops.feed_states.broken_chars IS 'U+FFFD in the answer, where bytes fit no character; NULL: none was read, or a map.';
