-- One row is one article: 400 an hour, of 50 sources in five languages, with texts of 500 to 15,000 characters (most
-- about 3,000), headlines of 4 to 10 words of 4,000, sections, people, and a share of teasers and paywalls.
INSERT INTO main.article_versions BY NAME
WITH
numbered AS (
    SELECT
        number,
        number % 50 AS of_source,
        hash(number) AS seed
    FROM range($first::BIGINT, $behind::BIGINT) AS numbers(number)
)
SELECT
    md5('a' || number)::UUID AS article_id,
    'source-' || of_source AS source,
    format('https://source-{}.example/news/story-{}', of_source, number) AS url,
    url AS canonical_url,
    array_to_string(
        list_transform(
            range(4 + (seed % 7)::BIGINT),
            lambda place: 'word' || (pow((hash(number * 16 + place) % 100000) / 100000, 3) * 4000)::BIGINT
        ),
        ' '
    ) AS title,
    repeat(md5('b' || number) || ' harbour ', (12 + pow((seed % 1000) / 1000, 4) * 360)::BIGINT) AS body,
    [format('Ada Quay {}', seed % 2000)] AS authors,
    ['en', 'de', 'fr', 'es', 'tr'][1 + of_source % 5] AS language,
    ['politics', 'economy', 'sport', 'culture', 'city', NULL][1 + (seed % 6)::BIGINT] AS section,
    CASE WHEN seed % 20 = 0 THEN 'paywalled' WHEN seed % 20 = 1 THEN 'teaser' ELSE 'full' END AS completeness,
    length(body) // 6 AS word_count,
    repeat(md5('h' || number), 2) AS body_hash,
    'bench' AS extractor,
    '1' AS extractor_version,
    '0' AS config_hash,
    md5('c' || number)::UUID AS capture_id,
    $begin::TIMESTAMPTZ + INTERVAL 1 HOUR * (number // 400) AS fetched_at,
    CASE WHEN seed % 50 = 2 THEN NULL ELSE fetched_at - INTERVAL 1 SECOND * (300 + seed % 3000)::BIGINT END
        AS published_at,
    CASE WHEN published_at IS NULL THEN NULL ELSE 'second' END AS published_precision,
    1 AS version,
    'first' AS cause,
    strftime(fetched_at, '%Y%m%dT%H%M%S-bench0') AS run_id,
    fetched_at + INTERVAL 20 SECONDS AS loaded_at
FROM numbered;
