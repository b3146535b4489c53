-- One row is one article between $since and $until, newest first. `at_by`: whence `at_utc` (UTC) is known: `published`,
-- `day` (the publisher gives a day alone), `fetched` (no date: the first fetch), `ahead` (dated after the first fetch,
-- which stands instead).
WITH
first_fetches AS (
    SELECT
        article_id,
        min(said_at) AS seen_at,
        count(DISTINCT version) AS versions
    FROM main.article_timeline
    GROUP BY article_id
)
SELECT
    articles.article_id,
    its.story_id,
    articles.source,
    articles.title,
    articles.dek,
    articles.url,
    articles.language,
    articles.section,
    articles.authors,
    if(articles.published_at <= first_fetches.seen_at, articles.published_at, first_fetches.seen_at) AS at_utc,
    CASE
        WHEN articles.published_at IS NULL THEN 'fetched'
        WHEN articles.published_at > first_fetches.seen_at THEN 'ahead'
        WHEN articles.published_precision = 'day' THEN 'day'
        ELSE 'published'
    END AS at_by,
    articles.published_at,
    articles.completeness,
    articles.duplicate_of,
    articles.copy_kind,
    first_fetches.versions
FROM main.articles AS articles
JOIN first_fetches ON first_fetches.article_id = articles.article_id
LEFT JOIN main.story_articles AS its ON its.article_id = articles.article_id
WHERE
    if(articles.published_at <= first_fetches.seen_at, articles.published_at, first_fetches.seen_at) >= $since
    AND if(articles.published_at <= first_fetches.seen_at, articles.published_at, first_fetches.seen_at) < $until
ORDER BY at_utc DESC, articles.article_id
LIMIT $most;
