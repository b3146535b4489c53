-- One row is the captures of one source and kind; sizes in bytes.
SELECT
    source,
    kind,
    count(*) AS captures,
    CAST(sum(warc_length) AS BIGINT) AS bytes,
    CAST(sum(body_bytes) AS BIGINT) AS body_bytes,
    min(fetched_at) AS first_at,
    max(fetched_at) AS last_at
FROM main.captures
GROUP BY source, kind
ORDER BY source, kind;
