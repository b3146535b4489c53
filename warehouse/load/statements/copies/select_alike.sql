-- One row is one version of another article with a text that shares hashes with one of `arriving`: the two versions,
-- the number of shared hashes, and the other's sample. A hash in over `holders` articles does not count: it is
-- boilerplate. The condition on `dated_at` lets DuckDB skip files of other times.
WITH
its AS (
    SELECT
        article_id,
        version,
        dated_at,
        unnest(grams) AS gram
    FROM arriving
    WHERE words >= $words
),
stored AS (
    SELECT
        article_id,
        version,
        dated_at,
        fetched_at,
        groups,
        grams,
        unnest(grams) AS gram
    FROM main.text_samples
    WHERE
        dated_at BETWEEN $first AND $last
        AND words >= $words
),
hits AS MATERIALIZED (
    SELECT *
    FROM stored
    WHERE gram IN (SELECT gram FROM its)
),
telling AS (
    SELECT gram
    FROM hits
    GROUP BY gram
    HAVING count(DISTINCT article_id) BETWEEN 2 AND $holders
)
SELECT
    its.article_id,
    its.version,
    count(*) AS shared,
    hits.article_id AS other_id,
    hits.version AS other_version,
    any_value(hits.dated_at) AS dated_at,
    any_value(hits.fetched_at) AS fetched_at,
    any_value(hits.groups) AS groups,
    any_value(hits.grams) AS grams
FROM its
SEMI JOIN telling ON telling.gram = its.gram
JOIN hits
    ON hits.gram = its.gram
    AND hits.article_id <> its.article_id
    AND hits.dated_at BETWEEN its.dated_at - $window AND its.dated_at + $window
GROUP BY its.article_id, its.version, hits.article_id, hits.version
HAVING count(*) >= $shared
ORDER BY its.article_id, its.version, hits.article_id, hits.version;
