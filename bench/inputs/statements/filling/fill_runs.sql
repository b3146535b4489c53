-- One row is one run, an hour after the one before.
INSERT INTO ops.runs BY NAME
SELECT
    run_id,
    'ingest' AS flow,
    'direct' AS runner,
    min(at_utc) AS started_at,
    min(at_utc) + INTERVAL 1 MINUTE AS finished_at,
    'completed' AS state,
    50 AS sources,
    count(*) AS urls,
    []::VARCHAR[] AS sources_failed
FROM ops.outcomes
WHERE at_utc >= $begin::TIMESTAMPTZ + INTERVAL 1 HOUR * ($first::BIGINT // 400)
GROUP BY run_id;
