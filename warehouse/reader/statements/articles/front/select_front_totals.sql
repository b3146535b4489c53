-- One row: all articles, those between $since and $until with their sources and stories, and the newest's instant (UTC).
WITH
first_fetches AS (
    SELECT
        article_id,
        min(said_at) AS seen_at
    FROM main.article_timeline
    GROUP BY article_id
),
dated AS (
    SELECT
        articles.article_id,
        articles.source,
        if(articles.published_at <= first_fetches.seen_at, articles.published_at, first_fetches.seen_at) AS at_utc
    FROM main.articles AS articles
    JOIN first_fetches ON first_fetches.article_id = articles.article_id
)
SELECT
    count(*) AS articles,
    count(*) FILTER (dated.at_utc >= $since AND dated.at_utc < $until) AS articles_of_period,
    count(DISTINCT dated.source) FILTER (dated.at_utc >= $since AND dated.at_utc < $until) AS sources_of_period,
    count(DISTINCT its.story_id) FILTER (dated.at_utc >= $since AND dated.at_utc < $until) AS stories_of_period,
    max(dated.at_utc) AS newest_at
FROM dated
LEFT JOIN main.story_articles AS its ON its.article_id = dated.article_id;
