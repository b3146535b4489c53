-- One row is one poll of one feed: 50 a run.
INSERT INTO ops.feed_states BY NAME
SELECT
    'source-' || feed AS source,
    format('https://source-{}.example/feed', feed) AS url,
    'feed' AS kind,
    $begin::TIMESTAMPTZ + INTERVAL 1 HOUR * run AS at_utc,
    strftime(at_utc, '%Y%m%dT%H%M%S-bench0') AS run_id,
    'ok' AS reason,
    20 AS entries,
    8 AS entries_due
FROM range($first::BIGINT // 400, $behind::BIGINT // 400) AS runs(run)
CROSS JOIN range(50) AS feeds(feed);
