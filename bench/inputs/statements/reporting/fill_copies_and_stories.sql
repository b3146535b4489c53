-- One row is one decision: in every hour the articles 10 to 13 are copies of article 9, and every eight articles up to
-- the 240th are a story.
INSERT INTO ops.copy_decisions BY NAME
SELECT
    md5('a' || number)::UUID AS article_id,
    1 AS number,
    md5('a' || (number - number % 400 + 9))::UUID AS duplicate_of,
    'copy' AS kind,
    1.0 AS contained,
    1.0 AS length,
    duplicate_of AS compared_with,
    'bench' AS run_id,
    $begin::TIMESTAMPTZ AS loaded_at
FROM range($first::BIGINT, $behind::BIGINT) AS numbers(number)
WHERE number % 400 BETWEEN 10 AND 49;

INSERT INTO ops.story_events BY NAME
SELECT
    10000 * (number + 1) AS step,
    CASE WHEN number % 8 = 0 THEN 'began' ELSE 'joined' END AS kind,
    md5('s' || (number // 8))::UUID AS story_id,
    md5('a' || number)::UUID AS article_id,
    CASE WHEN number % 8 = 0 THEN NULL ELSE 0.5 END AS cosine,
    'bench' AS run_id,
    $begin::TIMESTAMPTZ + INTERVAL 1 HOUR * (number // 400) AS at_utc
FROM range($first::BIGINT, $behind::BIGINT) AS numbers(number)
WHERE number % 400 < 240;
