-- One row is one version of another article with a text that shares hashes with one of `arriving`: the two versions,
-- the number of shared hashes, and the other's sample; of each version at most the `others` that share most, the
-- earliest first. A hash in over `holders` articles counts where these are one text: on average, the share `mostly` of
-- their hashes, up to the largest such one, is in as many articles. Else it is boilerplate. The condition on `dated_at`
-- lets DuckDB skip files of other times.
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
holders AS MATERIALIZED (
    SELECT
        gram,
        count(DISTINCT article_id) AS articles
    FROM hits
    GROUP BY gram
    HAVING count(DISTINCT article_id) > 1
),
crowded AS MATERIALIZED (
    SELECT *
    FROM hits
    WHERE gram IN (SELECT gram FROM holders WHERE articles > $holders)
),
crowd AS MATERIALIZED (
    SELECT
        article_id,
        version,
        unnest(any_value(grams)) AS gram
    FROM crowded
    GROUP BY article_id, version
),
common AS (
    SELECT gram
    FROM crowd
    GROUP BY gram
    HAVING count(DISTINCT article_id) > $holders
),
largest AS (
    SELECT
        article_id,
        version,
        max(gram) AS largest
    FROM crowd
    SEMI JOIN common USING (gram)
    GROUP BY article_id, version
),
shares AS (
    SELECT
        crowd.article_id,
        crowd.version,
        count(common.gram) / count(*) AS share
    FROM crowd
    JOIN largest
        ON largest.article_id = crowd.article_id
        AND largest.version = crowd.version
        AND largest.largest >= crowd.gram
    LEFT JOIN common ON common.gram = crowd.gram
    GROUP BY crowd.article_id, crowd.version
),
telling AS (
    SELECT gram
    FROM holders
    WHERE articles <= $holders
    UNION ALL
    SELECT crowded.gram
    FROM crowded
    JOIN shares USING (article_id, version)
    GROUP BY crowded.gram
    HAVING avg(shares.share) >= $mostly
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
QUALIFY
    row_number() OVER (
        PARTITION BY its.article_id, its.version
        ORDER BY count(*) DESC, any_value(hits.dated_at), hits.article_id, hits.version
    ) <= $others
ORDER BY its.article_id, its.version, hits.article_id, hits.version;
