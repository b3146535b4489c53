-- One row is the batch of one run.
INSERT INTO ops.loads BY NAME
SELECT
    md5(run_id)::UUID AS batch_id,
    run_id,
    started_at AS loaded_at,
    400 AS versions_inserted,
    urls AS outcomes,
    400 AS captures,
    0.5 AS seconds
FROM ops.runs
WHERE started_at >= $begin::TIMESTAMPTZ + INTERVAL 1 HOUR * ($first::BIGINT // 400);
