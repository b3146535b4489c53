-- One row is one word that more headlines of the period have than is usual, of two sources at least; the strongest
-- first. `texts`: headlines between $since and $until that have it, copies left out; `before`: headlines a day in the
-- 28 days before. Words of four letters or more, whole, in small letters; scripts that write no spaces have none.
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
        articles.language,
        articles.title,
        articles.url,
        if(articles.published_at <= first_fetches.seen_at, articles.published_at, first_fetches.seen_at) AS at_utc
    FROM main.articles AS articles
    JOIN first_fetches ON first_fetches.article_id = articles.article_id
    WHERE articles.duplicate_of IS NULL
),
worded AS (
    SELECT
        unnest(list_distinct(regexp_extract_all(lower(title), '\p{L}{4,}'))) AS term,
        language,
        source,
        title,
        url,
        at_utc,
        at_utc >= $since AS is_now
    FROM dated
    WHERE at_utc >= $since::TIMESTAMPTZ - INTERVAL 28 DAYS AND at_utc < $until
)
SELECT
    language,
    term,
    count(*) FILTER (is_now) AS texts,
    count(DISTINCT source) FILTER (is_now) AS sources,
    count(*) FILTER (NOT is_now) / 28 AS before,
    arg_max(title, at_utc) FILTER (is_now) AS headline,
    arg_max(url, at_utc) FILTER (is_now) AS url
FROM worded
GROUP BY language, term
HAVING count(DISTINCT source) FILTER (is_now) >= 2 AND count(*) FILTER (is_now) > 2 * count(*) FILTER (NOT is_now) / 28
ORDER BY texts / (before + 1) DESC, texts DESC, term
LIMIT 40;
