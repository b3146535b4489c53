-- One row is one story whose last article is of $since or later, those of most outlets first; every 12 hours since its
-- last article halve a story's weight. $story_id: this story alone.
SELECT
    story_id,
    language,
    headline,
    outlets,
    articles,
    sources,
    first_seen_at,
    first_at,
    last_at,
    outlets * pow(0.5, greatest(0, epoch($now::TIMESTAMPTZ - last_at)) / 43200) AS weight
FROM main.stories
WHERE
    ($since IS NULL OR last_at >= $since)
    AND ($language IS NULL OR language = $language)
    AND ($source IS NULL OR list_contains(sources, $source))
    AND ($story_id IS NULL OR starts_with(story_id::VARCHAR, $story_id))
ORDER BY weight DESC, last_at DESC, story_id
LIMIT $most;
