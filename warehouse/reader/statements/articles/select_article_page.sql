-- One row is one article as its site last said it, newest publication (else fetch) first, behind the one that $after_at
-- and $after_id name; NULL: any.
SELECT
    a.article_id,
    a.version,
    a.source,
    a.canonical_url AS url,
    a.title,
    a.dek,
    a.authors,
    a.published_at,
    a.published_precision,
    a.fetched_at,
    a.language,
    a.section,
    a.completeness,
    a.word_count,
    a.duplicate_of,
    s.story_id,
    a.capture_id,
    coalesce(a.published_at, a.fetched_at) AS placed_at
FROM main.articles AS a
LEFT JOIN main.story_articles AS s ON a.article_id = s.article_id
WHERE
    ($sources IS NULL OR list_contains($sources, a.source))
    AND ($language IS NULL OR a.language = $language)
    AND ($section IS NULL OR a.section = $section)
    AND ($since IS NULL OR coalesce(a.published_at, a.fetched_at) >= $since)
    AND ($until IS NULL OR coalesce(a.published_at, a.fetched_at) < $until)
    AND (
        $after_at IS NULL
        OR coalesce(a.published_at, a.fetched_at) < $after_at
        OR (coalesce(a.published_at, a.fetched_at) = $after_at AND a.article_id > $after_id::UUID)
    )
ORDER BY placed_at DESC, a.article_id
LIMIT $most;
