-- One row is one run with the outcomes of its URLs; latest first.
--
-- flow: ingest, backfill, replay …
-- runner: direct, prefect or dask.
-- state: How the run ended.
-- started_at: When it started (UTC).
-- seconds: Seconds from start to end.
-- sources: Sources of the run, those that it left out included.
-- sources_failed: Sources none of whose feeds answered, or whose file is wrong.
-- urls: URLs that ended in it.
-- loaded: Of these, those that gave a new version.
-- changed: Of the loaded, second and later versions.
-- unchanged: Of the URLs, pages that say what is known.
-- not_modified: Of the URLs, those that the site said had not changed.
-- duplicates: Of the URLs, those that gave an article met already in the run.
-- quarantined: Of the URLs, those whose record broke a rule and was put aside.
-- rejected: Of the URLs, those that gave nothing, for any other reason too.
-- requests: Requests sent.
-- wire_bytes: Bytes of bodies as sent.
-- error: Why it failed, crashed or was interrupted; NULL: it was not.
WITH
ends AS (
    SELECT
        run_id,
        count(*) AS urls,
        count(*) FILTER (reason = 'loaded') AS loaded,
        count(*) FILTER (reason = 'loaded' AND version > 1) AS changed,
        count(*) FILTER (reason IN ('unchanged', 'reverted')) AS unchanged,
        count(*) FILTER (reason = 'not_modified') AS not_modified,
        count(*) FILTER (reason = 'duplicate') AS duplicates,
        count(*) FILTER (reason = 'rule_broken') AS quarantined,
        count(*) FILTER (
            reason NOT IN ('ok', 'not_modified', 'loaded', 'unchanged', 'reverted', 'duplicate', 'not_due')
        ) AS rejected
    FROM ops.outcomes
    GROUP BY run_id
),
traffic AS (
    SELECT
        run_id,
        count(*) AS requests,
        coalesce(sum(wire_bytes), 0)::BIGINT AS wire_bytes
    FROM ops.requests
    GROUP BY run_id
)
SELECT
    runs.run_id,
    runs.flow,
    runs.runner,
    runs.state,
    runs.started_at,
    date_diff('millisecond', runs.started_at, runs.finished_at) / 1000 AS seconds,
    runs.sources,
    len(runs.sources_failed) AS sources_failed,
    coalesce(ends.urls, 0) AS urls,
    coalesce(ends.loaded, 0) AS loaded,
    coalesce(ends.changed, 0) AS changed,
    coalesce(ends.unchanged, 0) AS unchanged,
    coalesce(ends.not_modified, 0) AS not_modified,
    coalesce(ends.duplicates, 0) AS duplicates,
    coalesce(ends.quarantined, 0) AS quarantined,
    coalesce(ends.rejected, 0) AS rejected,
    coalesce(traffic.requests, 0) AS requests,
    coalesce(traffic.wire_bytes, 0) AS wire_bytes,
    runs.error
FROM ops.runs AS runs
LEFT JOIN ends ON ends.run_id = runs.run_id
LEFT JOIN traffic ON traffic.run_id = runs.run_id
ORDER BY runs.started_at DESC, runs.run_id DESC;
