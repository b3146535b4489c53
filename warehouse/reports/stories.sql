-- One row is one story, those of most outlets first; every 12 hours since its last article halve its weight in this
-- order. `outlets` are sources with a text of their own; times are UTC.
SELECT
    headline,
    outlets,
    articles,
    language,
    first_seen_at,
    first_at,
    last_at,
    sources,
    story_id
FROM main.stories
ORDER BY outlets * pow(0.5, greatest(0, epoch(now() - last_at)) / 43200) DESC, last_at DESC, story_id;
