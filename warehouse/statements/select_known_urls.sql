-- One row is one source and URL of `arriving` that the source has had an outcome for.
WITH
outcomes AS (
    SELECT source, url, reason, status, at_utc, run_id, article_id, version, capture_id
    FROM ops.outcomes
    SEMI JOIN arriving USING (source, url)
    WHERE kind = 'article'
),
captures AS (
    SELECT capture_id, source, url, status, fetched_at, entry_newest_at, etag, last_modified
    FROM main.captures
    SEMI JOIN arriving USING (source, url)
    WHERE kind = 'article'
),
last_outcomes AS (
    SELECT source, url, reason, status, at_utc
    FROM outcomes
    QUALIFY row_number() OVER (PARTITION BY source, url ORDER BY at_utc DESC, run_id DESC) = 1
),
last_articles AS (
    SELECT outcomes.source, outcomes.url, outcomes.article_id, outcomes.version
    FROM outcomes
    LEFT JOIN captures ON captures.capture_id = outcomes.capture_id
    WHERE outcomes.article_id IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY outcomes.source, outcomes.url
        ORDER BY coalesce(captures.fetched_at, outcomes.at_utc) DESC, outcomes.run_id DESC
    ) = 1
),
versions AS (
    SELECT article_id, version, published_at
    FROM main.article_versions
    SEMI JOIN last_articles USING (article_id)
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY fetched_at DESC, version DESC) = 1
),
newest_entries AS (
    SELECT source, url, max(entry_newest_at) AS entry_newest_at
    FROM captures
    GROUP BY source, url
),
last_bodies AS (
    SELECT source, url, etag, last_modified
    FROM captures
    WHERE status = 200
    QUALIFY row_number() OVER (PARTITION BY source, url ORDER BY fetched_at DESC) = 1
)
SELECT
    last_outcomes.source,
    last_outcomes.url,
    last_outcomes.reason AS last_reason,
    last_outcomes.status AS last_status,
    last_outcomes.at_utc AS last_at,
    newest_entries.entry_newest_at,
    versions.published_at,
    versions.article_id,
    coalesce(last_articles.version, versions.version) AS version,
    last_bodies.etag,
    last_bodies.last_modified
FROM last_outcomes
LEFT JOIN last_articles USING (source, url)
LEFT JOIN versions ON versions.article_id = last_articles.article_id
LEFT JOIN newest_entries USING (source, url)
LEFT JOIN last_bodies USING (source, url);
