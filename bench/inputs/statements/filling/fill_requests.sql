-- One row is one request: each capture, and each poll; six seconds apart at a domain.
INSERT INTO ops.requests BY NAME
SELECT
    run_id,
    source,
    url,
    source || '.example' AS host,
    source || '.example' AS domain,
    kind,
    1 AS attempt,
    at_utc + INTERVAL 6 SECONDS * row_number() OVER (PARTITION BY run_id, source ORDER BY url) AS sent_at,
    0.2 AS elapsed_s,
    5.0 AS pace_s,
    'ok' AS reason,
    200 AS status,
    20000 AS wire_bytes,
    80000 AS body_bytes
FROM ops.outcomes
WHERE at_utc >= $begin::TIMESTAMPTZ + INTERVAL 1 HOUR * ($first::BIGINT // 400);
