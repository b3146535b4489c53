-- One row is one URL (or count of URLs) that the ledger does not fully account for in a run, and the reason.
-- Empty when all is well. Rows of what was forgotten (their URL is a hash) name no version and no capture any more.
--
-- problem: What does not add up.
-- run_id: The run.
-- source: Slug of the source; NULL: of the whole run.
-- url: The URL; NULL: it is a count of the whole run.
-- detail: The numbers or the row in question; NULL: nothing to add.
WITH
article_outcomes AS (
    SELECT
        run_id,
        source,
        url,
        found_in,
        reason,
        article_id,
        version
    FROM ops.outcomes
    WHERE kind = 'article'
),
outcomes_by_feed AS (
    SELECT
        run_id,
        source,
        found_in,
        count(*) AS outcomes
    FROM article_outcomes
    GROUP BY run_id, source, found_in
),
outcomes_by_run AS (
    SELECT
        run_id,
        count(*) AS outcomes
    FROM ops.outcomes
    GROUP BY run_id
),
loads_by_run AS (
    SELECT
        run_id,
        sum(outcomes) AS outcomes
    FROM ops.loads
    GROUP BY run_id
),
counted_runs AS ( -- A rebuild writes the rows of earlier runs; a crashed run counted nothing itself.
    SELECT
        run_id,
        urls,
        finished_at
    FROM ops.runs
    WHERE flow <> 'rebuild' AND state <> 'crashed'
),
repaired_by_run AS ( -- A repair of the archive loads captures in the name of their run, after its end.
    SELECT
        loads.run_id,
        sum(loads.outcomes) AS outcomes
    FROM ops.loads AS loads
    JOIN counted_runs ON counted_runs.run_id = loads.run_id AND loads.loaded_at > counted_runs.finished_at
    GROUP BY loads.run_id
)
SELECT
    'links of the feed without an outcome' AS problem,
    states.run_id,
    states.source,
    states.url,
    format('{} due, {} ended', states.entries_due, coalesce(ended.outcomes, 0)) AS detail
FROM ops.feed_states AS states
LEFT JOIN outcomes_by_feed AS ended
    ON ended.run_id = states.run_id AND ended.source = states.source AND ended.found_in = states.url
WHERE states.entries_due > coalesce(ended.outcomes, 0)

UNION ALL
SELECT 'feed without an outcome', run_id, source, url, kind
FROM ops.feed_states
ANTI JOIN ops.outcomes USING (run_id, source, url, kind)

UNION ALL
SELECT 'capture without an outcome', run_id, source, url, warc_file
FROM (FROM main.captures WHERE kind = 'article')
ANTI JOIN article_outcomes USING (run_id, source, url)

UNION ALL
SELECT 'loaded, but no such version', run_id, source, url, format('{} version {}', article_id, version)
FROM (FROM article_outcomes WHERE reason = 'loaded' AND NOT starts_with(url, 'forgotten:'))
ANTI JOIN main.article_versions USING (article_id, version)

UNION ALL
SELECT 'version without a loaded outcome', run_id, source, url, format('{} version {}', article_id, version)
FROM main.article_versions
ANTI JOIN (FROM article_outcomes WHERE reason = 'loaded') USING (article_id, version)

UNION ALL
SELECT 'version without a capture', run_id, source, url, capture_id::VARCHAR
FROM main.article_versions
ANTI JOIN main.captures USING (capture_id)

UNION ALL
SELECT 'version twice', max(run_id), min(source), min(url), format('{} version {}', article_id, version)
FROM main.article_versions
GROUP BY article_id, version
HAVING count(*) > 1

UNION ALL
SELECT 'put aside without an outcome', run_id, source, url, array_to_string(rules, ' ')
FROM ops.quarantine
ANTI JOIN (FROM article_outcomes WHERE reason = 'rule_broken') USING (run_id, source, url)

UNION ALL
SELECT 'broke a rule, but was not put aside', run_id, source, url, NULL
FROM (FROM article_outcomes WHERE reason = 'rule_broken' AND NOT starts_with(url, 'forgotten:'))
ANTI JOIN ops.quarantine USING (run_id, source, url)

UNION ALL
SELECT 'several outcomes in one run', run_id, source, url, format('{} of kind {}', count(*), kind)
FROM (FROM ops.outcomes WHERE NOT starts_with(url, 'forgotten:'))
GROUP BY run_id, source, url, kind
HAVING count(*) > greatest(1, count(DISTINCT capture_id))

UNION ALL
SELECT 'loads and ledger differ', run_id, NULL, NULL, format('{} loaded, {} there', l.outcomes, coalesce(o.outcomes, 0))
FROM loads_by_run AS l
LEFT JOIN outcomes_by_run AS o USING (run_id)
WHERE l.outcomes <> coalesce(o.outcomes, 0)

UNION ALL
SELECT
    'run and ledger differ',
    run_id,
    NULL,
    NULL,
    format('{} in the run, {} there', r.urls, coalesce(o.outcomes, 0) - coalesce(l.outcomes, 0))
FROM counted_runs AS r
LEFT JOIN outcomes_by_run AS o USING (run_id)
LEFT JOIN repaired_by_run AS l USING (run_id)
WHERE r.urls <> coalesce(o.outcomes, 0) - coalesce(l.outcomes, 0);
