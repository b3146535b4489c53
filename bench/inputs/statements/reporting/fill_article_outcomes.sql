-- One row is the end of one article, or of one feed of a run.
INSERT INTO ops.outcomes BY NAME
SELECT
    captures.run_id,
    captures.source,
    captures.url,
    'article' AS kind,
    'load' AS stage,
    'loaded' AS reason,
    captures.fetched_at AS at_utc,
    captures.found_in,
    1 AS attempts,
    200 AS status,
    80000 AS body_bytes,
    0.2 AS elapsed_s,
    captures.capture_id,
    versions.article_id,
    versions.version
FROM main.captures AS captures
JOIN main.article_versions AS versions ON versions.capture_id = captures.capture_id
WHERE captures.fetched_at >= $begin::TIMESTAMPTZ + INTERVAL 1 HOUR * ($first::BIGINT // 400)
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
