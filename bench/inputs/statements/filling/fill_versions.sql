-- One row is one article of 4,000 characters: 400 a run, of 50 sources.
INSERT INTO main.article_versions BY NAME
SELECT
    md5('a' || number)::UUID AS article_id,
    'source-' || (number % 50) AS source,
    format('https://source-{}.example/news/story-{}', number % 50, number) AS url,
    url AS canonical_url,
    'Story ' || number || ' of the harbour' AS title,
    repeat(md5('b' || number) || ' ', 120) AS body,
    'full' AS completeness,
    600 AS word_count,
    repeat(md5('h' || number), 2) AS body_hash,
    'bench' AS extractor,
    '1' AS extractor_version,
    '0' AS config_hash,
    md5('c' || number)::UUID AS capture_id,
    $begin::TIMESTAMPTZ + INTERVAL 1 HOUR * (number // 400) AS fetched_at,
    fetched_at - INTERVAL 1 HOUR AS published_at,
    'en' AS language,
    1 AS version,
    strftime(fetched_at, '%Y%m%dT%H%M%S-bench0') AS run_id,
    fetched_at AS loaded_at
FROM range($first::BIGINT, $behind::BIGINT) AS numbers(number);
