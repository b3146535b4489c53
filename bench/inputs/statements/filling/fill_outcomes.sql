-- One row is the end of one article, or of one feed of a run.
INSERT INTO ops.outcomes BY NAME
SELECT
    run_id,
    source,
    url,
    'article' AS kind,
    'load' AS stage,
    'loaded' AS reason,
    fetched_at AS at_utc,
    found_in,
    1 AS attempts,
    200 AS status,
    80000 AS body_bytes,
    0.2 AS elapsed_s,
    capture_id,
    md5('a' || split_part(url, 'story-', 2))::UUID AS article_id,
    1 AS version
FROM main.captures
WHERE fetched_at >= $begin::TIMESTAMPTZ + INTERVAL 1 HOUR * ($first::BIGINT // 400)
UNION ALL BY NAME
SELECT
    run_id,
    source,
    url,
    kind,
    'discover' AS stage,
    'ok' AS reason,
    at_utc,
    'source:' || source AS found_in
FROM ops.feed_states
WHERE at_utc >= $begin::TIMESTAMPTZ + INTERVAL 1 HOUR * ($first::BIGINT // 400);
