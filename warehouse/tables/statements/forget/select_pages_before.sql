-- One row is one URL of articles that was fetched for the last time before $before, at the source $source (NULL: at
-- any), as it was met and in its canonical form. An article is kept whole as long as a fetch of it is younger.
WITH
sightings AS (
    SELECT outcomes.article_id, captures.fetched_at
    FROM ops.outcomes AS outcomes
    JOIN main.captures AS captures ON captures.capture_id = outcomes.capture_id
    WHERE outcomes.article_id IS NOT NULL
    UNION ALL
    SELECT article_id, fetched_at
    FROM main.article_versions
),
young_articles AS (
    SELECT DISTINCT article_id
    FROM sightings
    WHERE fetched_at >= $before
),
young_urls AS (
    SELECT coalesce(canonical_form, url) AS form
    FROM main.captures
    WHERE kind IN ('article', 'redirect') AND fetched_at >= $before
    UNION
    SELECT coalesce(canonical_form, url) AS form
    FROM ops.outcomes
    SEMI JOIN young_articles USING (article_id)
    UNION
    SELECT canonical_url AS form
    FROM main.article_versions
    SEMI JOIN young_articles USING (article_id)
)
SELECT DISTINCT
    captures.source,
    captures.url,
    coalesce(captures.canonical_form, captures.url) AS form
FROM main.captures AS captures
ANTI JOIN young_urls ON young_urls.form = coalesce(captures.canonical_form, captures.url)
WHERE
    captures.kind IN ('article', 'redirect')
    AND captures.fetched_at < $before
    AND ($source IS NULL OR captures.source = $source)
UNION
SELECT DISTINCT
    versions.source,
    versions.canonical_url AS url,
    versions.canonical_url AS form
FROM main.article_versions AS versions
ANTI JOIN young_articles USING (article_id)
WHERE versions.fetched_at < $before AND ($source IS NULL OR versions.source = $source);
