-- One row is one version of a source with a text of `arriving`, or one that shares a hash with one of its, fetched
-- between two times; `may_be_equal`: the first hashes are the same.
WITH
its AS (
    SELECT DISTINCT
        source,
        unnest(hashes) AS gram
    FROM arriving
),
near AS (
    SELECT
        article_id,
        version,
        any_value(firsts) AS firsts
    FROM (
        SELECT
            article_id,
            version,
            source,
            grams[:$looked_up] AS firsts,
            unnest(grams[:$looked_up]) AS gram
        FROM main.text_samples
        WHERE
            fetched_at BETWEEN $first AND $last
            AND source IN (SELECT source FROM arriving)
            AND words >= $words
    )
    SEMI JOIN its USING (source, gram)
    GROUP BY article_id, version
)
SELECT
    versions.article_id,
    versions.version,
    versions.loaded_at,
    near.firsts IN (SELECT hashes FROM arriving) AS may_be_equal
FROM main.article_versions AS versions
LEFT JOIN near USING (article_id, version)
WHERE
    versions.fetched_at BETWEEN $first AND $last
    AND versions.source IN (SELECT source FROM arriving)
    AND (
        near.article_id IS NOT NULL
        OR versions.body_hash IN (SELECT body_hash FROM arriving)
    );
