-- One row is one article of the story, oldest publication (else fetch) first.
WITH
its AS MATERIALIZED (
    SELECT *
    FROM main.story_articles
    WHERE story_id = $story_id
),
told AS (
    SELECT *
    FROM main.articles
    WHERE article_id IN (SELECT article_id FROM its)
),
joined AS (
    SELECT
        step,
        shared
    FROM ops.story_events
    WHERE step IN (SELECT step FROM its)
)
SELECT
    its.article_id,
    told.title,
    told.source,
    told.url,
    coalesce(told.published_at, told.fetched_at) AS at_utc,
    if(its.is_copy, told.duplicate_of, NULL) AS duplicate_of,
    its.cosine,
    joined.shared
FROM its
JOIN told ON told.article_id = its.article_id
LEFT JOIN joined ON joined.step = its.step AND NOT its.is_copy
ORDER BY at_utc, its.article_id;
