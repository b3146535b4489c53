-- One row is the articles of one source, language or section on one of the 28 days up to $until, and their share of
-- the articles of that day. Days are of UTC; an article without a date, or with a later one than its first fetch,
-- counts on the day of that fetch. Sections: the twelve with most articles.
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
        articles.source,
        articles.language,
        articles.section,
        if(articles.published_at <= first_fetches.seen_at, articles.published_at, first_fetches.seen_at) AS at_utc
    FROM main.articles AS articles
    JOIN first_fetches ON first_fetches.article_id = articles.article_id
),
recent AS (
    SELECT
        source,
        language,
        section,
        at_utc::DATE AS day
    FROM dated
    WHERE at_utc >= ($until::TIMESTAMPTZ - INTERVAL 1 MICROSECOND)::DATE - 27 AND at_utc < $until
),
counted AS (
    SELECT 'source' AS by_what, source AS name, day FROM recent
    UNION ALL
    SELECT 'language', language, day FROM recent WHERE language IS NOT NULL
    UNION ALL
    SELECT 'section', section, day FROM recent WHERE section IS NOT NULL
),
most AS (
    SELECT
        by_what,
        name
    FROM counted
    GROUP BY by_what, name
    QUALIFY row_number() OVER (PARTITION BY by_what ORDER BY count(*) DESC, name) <= 12
)
SELECT
    counted.by_what,
    counted.name,
    counted.day,
    count(*) AS articles,
    count(*) / any_value(days.articles) AS share
FROM counted
SEMI JOIN most ON most.by_what = counted.by_what AND most.name = counted.name
JOIN (SELECT day, count(*) AS articles FROM recent GROUP BY day) AS days ON days.day = counted.day
GROUP BY counted.by_what, counted.name, counted.day
ORDER BY by_what, name, day;
