-- One row is the second version of every twentieth article, half an hour later; every other of them with another headline.
INSERT INTO main.article_versions BY NAME
SELECT
    * EXCLUDE (number) REPLACE (
        2 AS version,
        'changed' AS cause,
        1 AS compared_with,
        CASE WHEN number % 40 = 0 THEN ['title', 'body'] ELSE ['body'] END AS changed_fields,
        CASE WHEN number % 40 = 0 THEN title || ' ' || (number % 97) ELSE title END AS title,
        3 AS words_added,
        1 AS words_removed,
        0.98 AS similarity,
        md5('d' || number)::UUID AS capture_id,
        fetched_at + INTERVAL 30 MINUTES AS fetched_at,
        loaded_at + INTERVAL 30 MINUTES AS loaded_at
    )
FROM (
    SELECT
        *,
        split_part(url, 'story-', 2)::BIGINT AS number
    FROM main.article_versions
    WHERE fetched_at >= $begin::TIMESTAMPTZ + INTERVAL 1 HOUR * ($first::BIGINT // 400) AND version = 1
)
WHERE number % 20 = 0 AND number >= $first::BIGINT AND number < $behind::BIGINT;
