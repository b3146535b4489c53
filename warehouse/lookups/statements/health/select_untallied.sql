-- One row is what one run loaded first of one source in `arriving` (source, language), in counts, where no tally says
-- so yet: of this run, and of runs that ended without one. Backfills teach nothing of what a source publishes now.
WITH
runs AS (
    SELECT $run_id AS run_id
    UNION
    SELECT run_id
    FROM ops.runs
    WHERE
        flow IN ('ingest', 'revisit')
        AND finished_at > $since
),
loaded AS (
    SELECT
        versions.run_id,
        versions.source,
        max(versions.loaded_at) AS at_utc,
        count(*) AS articles,
        count(*) FILTER (versions.published_at IS NULL) AS undated,
        count(*) FILTER (len(versions.authors) = 0) AS unsigned,
        count(*) FILTER (versions.completeness NOT IN ('full', 'liveblog')) AS partial,
        count(*) FILTER (split_part(versions.language, '-', 1) <> arriving.language) AS other_language,
        count(*) FILTER (
            len(regexp_extract_all(concat(versions.title, ' ', versions.body), '\x{FFFD}|[ÃÂÐÑ][\x{80}-\x{BF}]|â€')) > 1
        ) AS broken,
        list(versions.word_count) AS words,
        list(epoch(coalesce(versions.published_at, versions.loaded_at)) // 3600) FILTER (
            versions.published_at IS NULL
            OR versions.published_at BETWEEN versions.loaded_at - INTERVAL 3 DAYS AND versions.loaded_at
        ) AS hours
    FROM main.article_versions AS versions
    JOIN arriving ON arriving.source = versions.source
    WHERE
        versions.version = 1
        AND versions.loaded_at > $since
        AND versions.run_id IN (SELECT run_id FROM runs)
    GROUP BY versions.run_id, versions.source
),
refused AS (
    SELECT
        run_id,
        source,
        max(at_utc) AS at_utc,
        count(*) AS refused
    FROM ops.outcomes
    SEMI JOIN arriving USING (source)
    WHERE
        kind = 'article'
        AND at_utc > $since
        AND reason IN ('consent_page', 'challenge_page', 'soft_404', 'empty_text')
        AND attempts > 0
        AND run_id IN (SELECT run_id FROM runs)
    GROUP BY run_id, source
)
SELECT
    coalesce(loaded.run_id, refused.run_id) AS run_id,
    coalesce(loaded.source, refused.source) AS source,
    greatest(loaded.at_utc, refused.at_utc) AS at_utc,
    coalesce(loaded.articles, 0) AS articles,
    coalesce(refused.refused, 0) AS refused,
    coalesce(loaded.undated, 0) AS undated,
    coalesce(loaded.unsigned, 0) AS unsigned,
    coalesce(loaded.partial, 0) AS partial,
    coalesce(loaded.other_language, 0) AS other_language,
    coalesce(loaded.broken, 0) AS broken,
    coalesce(loaded.words, []) AS words,
    coalesce(loaded.hours, [])::BIGINT[] AS hours
FROM loaded
FULL JOIN refused ON refused.run_id = loaded.run_id AND refused.source = loaded.source
ANTI JOIN ops.tallies AS stored
    ON stored.run_id = coalesce(loaded.run_id, refused.run_id)
    AND stored.source = coalesce(loaded.source, refused.source)
ORDER BY at_utc;
