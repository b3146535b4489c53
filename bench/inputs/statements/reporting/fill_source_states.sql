-- One row is one source, once.
INSERT INTO ops.source_states BY NAME
SELECT
    'source-' || number AS slug,
    'Source ' || number AS name,
    'gb' AS country,
    ['en', 'de', 'fr', 'es', 'tr'][1 + number % 5] AS language,
    format('https://source-{}.example/', number) AS homepage,
    [format('https://source-{}.example/feed', number)] AS places,
    $begin::TIMESTAMPTZ AS at_utc,
    'bench' AS run_id
FROM range(50) AS numbers(number);
