-- One row is the articles of one source on one day (UTC): the day of publication, or that of the first fetch
-- where the publisher gives no date; newest day first.
--
-- day: The day (UTC).
-- articles: Articles of that day, copies of other texts included.
-- full_articles: Of these, those whose page gave the whole text.
-- undated_articles: Of these, those without a date of the publisher: they count on the day of their first fetch.
-- median_words: Median of their number of words.
WITH
first_fetches AS (
    SELECT
        article_id,
        min(fetched_at) AS first_fetched_at
    FROM main.article_versions
    GROUP BY article_id
)
SELECT
    (coalesce(articles.published_at, first_fetches.first_fetched_at) AT TIME ZONE 'UTC')::DATE AS day,
    articles.source,
    count(*) AS articles,
    count(*) FILTER (articles.completeness = 'full') AS full_articles,
    count(*) FILTER (articles.published_at IS NULL) AS undated_articles,
    median(articles.word_count) AS median_words
FROM main.articles AS articles
JOIN first_fetches USING (article_id)
GROUP BY day, articles.source
ORDER BY day DESC, articles.source;
