-- One row is one source and canonical form of `arriving` that the source has had an outcome for, under any of its
-- spellings. `arriving` has each URL as found and in its canonical form. A stored row without a canonical form was
-- found in that form, or is older than the column.
WITH
outcomes AS (
    SELECT
        arriving.source,
        arriving.form,
        stored.url,
        stored.reason,
        stored.status,
        stored.at_utc,
        stored.run_id,
        stored.article_id,
        stored.version,
        stored.capture_id
    FROM ops.outcomes AS stored
    JOIN arriving
        ON arriving.source = stored.source
        AND arriving.url = coalesce(stored.canonical_form, stored.url)
    WHERE stored.kind = 'article'
),
captures AS (
    SELECT
        arriving.source,
        arriving.form,
        stored.capture_id,
        stored.status,
        stored.fetched_at,
        stored.entry_newest_at,
        stored.found_in,
        stored.entry ->> '$.title' AS entry_title,
        md5(stored.entry ->> '$.summary') AS entry_summary_md5,
        stored.etag,
        stored.last_modified
    FROM main.captures AS stored
    JOIN arriving
        ON arriving.source = stored.source
        AND arriving.url = coalesce(stored.canonical_form, stored.url)
    WHERE stored.kind = 'article'
),
last_outcomes AS (
    SELECT source, form, url, reason, status, at_utc
    FROM outcomes
    QUALIFY row_number() OVER (PARTITION BY source, form ORDER BY at_utc DESC, run_id DESC) = 1
),
last_articles AS (
    SELECT outcomes.source, outcomes.form, outcomes.article_id, outcomes.version
    FROM outcomes
    LEFT JOIN captures ON captures.capture_id = outcomes.capture_id
    WHERE outcomes.article_id IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY outcomes.source, outcomes.form
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
    SELECT source, form, max(entry_newest_at) AS entry_newest_at
    FROM captures
    GROUP BY source, form
),
visits AS (
    SELECT
        source,
        form,
        found_in,
        entry_title,
        entry_summary_md5,
        fetched_at,
        coalesce(lag(entry_title) OVER earlier <> entry_title, FALSE)
            OR coalesce(lag(entry_summary_md5) OVER earlier <> entry_summary_md5, FALSE)
            OR coalesce(lag(entry_newest_at) OVER earlier < entry_newest_at, FALSE) AS is_entry_changed
    FROM captures
    WINDOW earlier AS (PARTITION BY source, form, found_in ORDER BY fetched_at)
),
last_visits AS (
    SELECT source, form, found_in, entry_title, entry_summary_md5, is_entry_changed
    FROM visits
    QUALIFY row_number() OVER (PARTITION BY source, form ORDER BY fetched_at DESC) = 1
),
last_bodies AS (
    SELECT source, form, etag, last_modified
    FROM captures
    WHERE status = 200
    QUALIFY row_number() OVER (PARTITION BY source, form ORDER BY fetched_at DESC) = 1
)
SELECT
    last_outcomes.source,
    last_outcomes.form,
    last_outcomes.url,
    last_outcomes.reason AS last_reason,
    last_outcomes.status AS last_status,
    last_outcomes.at_utc AS last_at,
    newest_entries.entry_newest_at,
    versions.published_at,
    versions.article_id,
    coalesce(last_articles.version, versions.version) AS version,
    last_visits.found_in AS entry_in,
    last_visits.entry_title,
    last_visits.entry_summary_md5,
    coalesce(last_visits.is_entry_changed, FALSE)
        AND last_outcomes.reason IN ('unchanged', 'not_modified') AS is_entry_fickle,
    last_bodies.etag,
    last_bodies.last_modified
FROM last_outcomes
LEFT JOIN last_articles USING (source, form)
LEFT JOIN versions ON versions.article_id = last_articles.article_id
LEFT JOIN newest_entries USING (source, form)
LEFT JOIN last_visits USING (source, form)
LEFT JOIN last_bodies USING (source, form);
