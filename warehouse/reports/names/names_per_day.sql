-- One row is one name on one UTC day, with its articles; the latest day and most articles first. Numbers are no names.
-- The day is that of the publication; where the publisher gives none, that of the first fetch.
--
-- day: UTC day of the articles.
-- name: What mentions are joined by, as in main.mentions.
-- text: How most of the articles write it.
-- kind: What most of the articles tell it to be: person, organisation, place or name.
-- articles: Articles that mention it; copies of another article's text are not counted.
-- sources: Sources of these articles.
-- titles: Articles of these with the name in their headline.
WITH
articles AS (
    SELECT
        article_id,
        source,
        CAST(coalesce(published_at, fetched_at) AT TIME ZONE 'UTC' AS DATE) AS day
    FROM main.articles
    WHERE duplicate_of IS NULL
)
SELECT
    articles.day,
    mentions.name,
    mode(mentions.text ORDER BY mentions.text) AS text,
    mode(mentions.kind ORDER BY mentions.kind) AS kind,
    count(*) AS articles,
    count(DISTINCT articles.source) AS sources,
    count(*) FILTER (mentions.in_title) AS titles
FROM main.mentions AS mentions
JOIN articles ON articles.article_id = mentions.article_id
WHERE mentions.kind <> 'number'
GROUP BY articles.day, mentions.name
ORDER BY articles.day DESC, articles DESC, sources DESC, mentions.name;
