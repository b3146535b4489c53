-- One row is one text of at least 50 words that several sources carry, mostly a wire story, whole or cut, edited or
-- within a longer one (`main.copies` says which); newest text first. `first_source` and `first_url` are those of the article that was published first, by the
-- dates that the publishers give (UTC); `first_at` is that date. `first_by` says what decided: `published`, its date
-- is before every other date; `tie`, several sources give that instant, or only a day that holds it (in UTC), and the article
-- of these that was fetched first stands; `fetched`, no article has a date, and the one that was fetched first
-- stands, with the time of its fetch. `undated_articles` have no date: each may be older than the first.
-- `fetched_first_*` are those of the article that was fetched first, which says nothing about who had it first.
--
-- sources: Slugs of the sources that carry it.
-- titles: The headlines that they give it.
-- articles: Articles with the text.
-- first_source: Slug of the source that had it first.
-- first_url: URL of the article that had it first.
-- first_at: When that was published; its fetch, where `first_by` is fetched (UTC).
-- article_ids: The articles with the text.
-- first_by: What decided which was first: published, tie or fetched.
-- undated_articles: Articles without a date of the publisher; each may be older than the first.
-- fetched_first_source: Slug of the source whose article was fetched first.
-- fetched_first_url: URL of that article.
-- fetched_first_at: When it was fetched (UTC).
WITH
copies AS (
    SELECT
        coalesce(articles.duplicate_of, articles.article_id) AS text_id,
        articles.article_id,
        articles.source,
        articles.url,
        articles.title,
        articles.published_at,
        articles.first_fetched_at AS fetched_at,
        articles.published_at
        + CASE WHEN articles.published_precision = 'day' THEN INTERVAL '23:59:59' ELSE INTERVAL 0 SECONDS END
            AS not_after
    FROM main.articles AS articles
    WHERE
        articles.word_count >= 50
        AND (
            articles.duplicate_of IS NOT NULL
            OR articles.article_id IN (SELECT duplicate_of FROM main.copies WHERE duplicate_of IS NOT NULL)
        )
),
ranked AS (
    SELECT
        *,
        coalesce(published_at <= min(not_after) OVER (PARTITION BY text_id), false) AS may_be_first,
        count(published_at) OVER (PARTITION BY text_id) = 0 AS is_undated
    FROM copies
)
SELECT
    list_sort(list(DISTINCT source)) AS sources,
    list_sort(list(DISTINCT title)) AS titles,
    count(*) AS articles,
    first(source ORDER BY fetched_at, url) FILTER (may_be_first OR is_undated) AS first_source,
    first(url ORDER BY fetched_at, url) FILTER (may_be_first OR is_undated) AS first_url,
    first(coalesce(published_at, fetched_at) ORDER BY fetched_at, url) FILTER (may_be_first OR is_undated)
        AS first_at,
    list_sort(list(article_id)) AS article_ids,
    CASE
        WHEN any_value(is_undated) THEN 'fetched'
        WHEN count(DISTINCT source) FILTER (may_be_first) > 1 THEN 'tie'
        ELSE 'published'
    END AS first_by,
    count(*) FILTER (published_at IS NULL) AS undated_articles,
    first(source ORDER BY fetched_at, url) AS fetched_first_source,
    first(url ORDER BY fetched_at, url) AS fetched_first_url,
    min(fetched_at) AS fetched_first_at
FROM ranked
GROUP BY text_id
HAVING count(DISTINCT source) > 1
ORDER BY first_at DESC, first_url;
