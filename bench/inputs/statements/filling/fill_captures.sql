-- One row is one capture of one article.
INSERT INTO main.captures BY NAME
SELECT
    capture_id,
    run_id,
    source,
    url,
    'article' AS kind,
    format('https://{}.example/feed', source) AS found_in,
    fetched_at AS found_at,
    '{}' AS entry,
    url AS final_url,
    200 AS status,
    'text/html' AS media_type,
    fetched_at,
    0.2 AS elapsed_s,
    1 AS attempts,
    80000 AS body_bytes,
    strftime(fetched_at, '%Y/%m/%d/') || run_id || '.warc.gz' AS warc_file,
    0 AS warc_offset,
    20000 AS warc_length,
    'sha256:' || body_hash AS warc_digest
FROM main.article_versions
WHERE fetched_at >= $begin::TIMESTAMPTZ + INTERVAL 1 HOUR * ($first::BIGINT // 400);
