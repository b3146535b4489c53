-- One row is the articles of one source on one day (UTC): the day of publication, or that of the first fetch
-- where the publisher gives no date; newest day first.
--
-- day: The day (UTC).
-- articles: Articles of that day, copies of other texts included.
-- full_articles: Of these, those whose page gave the whole text.
-- undated_articles: Of these, those without a date of the publisher: they count on the day of their first fetch.
-- median_words: Median of their number of words.
SELECT
    (dated_at AT TIME ZONE 'UTC')::DATE AS day,
    source,
    count(*) AS articles,
    count(*) FILTER (completeness = 'full') AS full_articles,
    count(*) FILTER (published_at IS NULL) AS undated_articles,
    median(word_count) AS median_words
FROM main.articles
GROUP BY day, source
ORDER BY day DESC, source;
