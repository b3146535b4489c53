-- One row is one link, three an article; and one event, every two hundredth article is deleted.
INSERT INTO main.links_out BY NAME
SELECT
    md5('a' || number)::UUID AS article_id,
    1 AS version,
    place AS position,
    format('https://site-{}.example/{}', hash(number * 4 + place) % 3000, number) AS url,
    format('site-{}.example', hash(number * 4 + place) % 3000) AS domain,
    true AS is_external,
    'more' AS text,
    'bench' AS run_id
FROM range($first::BIGINT, $behind::BIGINT) AS numbers(number)
CROSS JOIN range(1, 4) AS places(place);

INSERT INTO ops.events BY NAME
SELECT
    md5('e' || number)::UUID AS event_id,
    md5('a' || number)::UUID AS article_id,
    'deleted' AS kind,
    $begin::TIMESTAMPTZ + INTERVAL 1 HOUR * (number // 400 + 30) AS at_utc,
    'source-' || (number % 50) AS source,
    format('https://source-{}.example/news/story-{}', number % 50, number) AS url,
    1 AS version,
    'bench' AS run_id,
    at_utc AS loaded_at
FROM range($first::BIGINT, $behind::BIGINT) AS numbers(number)
WHERE number % 200 = 7;
