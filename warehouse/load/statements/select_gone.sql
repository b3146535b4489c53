-- One row is one article of `arriving` that was gone (404, 410) in two runs, no address of it having answered
-- since the first; `evidence` are the two outcomes.
WITH
mine AS (
    SELECT
        outcomes.article_id,
        outcomes.source,
        outcomes.url,
        outcomes.run_id,
        outcomes.reason,
        outcomes.status,
        outcomes.version,
        outcomes.capture_id,
        coalesce(captures.fetched_at, outcomes.at_utc) AS seen_at
    FROM ops.outcomes AS outcomes
    LEFT JOIN main.captures AS captures ON captures.capture_id = outcomes.capture_id
    WHERE outcomes.kind = 'article' AND outcomes.article_id IN (SELECT article_id FROM arriving)
),
alive AS (
    SELECT
        article_id,
        max(seen_at) AS seen_at
    FROM mine
    WHERE reason IN ('loaded', 'unchanged', 'reverted', 'duplicate', 'not_modified')
    GROUP BY article_id
),
gone AS (
    SELECT mine.*
    FROM mine
    LEFT JOIN alive ON alive.article_id = mine.article_id
    WHERE
        mine.reason = 'http_error'
        AND mine.status IN (404, 410)
        AND mine.seen_at > coalesce(alive.seen_at, '-infinity'::TIMESTAMPTZ)
    QUALIFY row_number() OVER (PARTITION BY mine.article_id, mine.run_id ORDER BY mine.seen_at) = 1
),
first_two AS (
    FROM gone
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY seen_at, run_id) <= 2
)
SELECT
    article_id,
    any_value(source) AS source,
    arg_max(url, seen_at) AS url,
    arg_max(version, seen_at) AS version,
    arg_max(capture_id, seen_at) AS capture_id,
    min(seen_at) AS first_at,
    max(seen_at) AS at_utc,
    list(format('{} {} {} {}', run_id, strftime(seen_at, '%Y-%m-%dT%H:%M:%SZ'), status, url) ORDER BY seen_at) AS evidence
FROM first_two
GROUP BY article_id
HAVING count(*) = 2
ORDER BY article_id;
