-- One row is one source: what its articles of 28 days have. The days are the 28 up to its newest article; by name.
--
-- articles: Articles of these days, copies of other texts included.
-- share_full: Share whose page gave the whole text, 0 to 1.
-- share_paywalled: Share behind a paywall.
-- share_teaser: Share of which the page gave a first part.
-- share_dated: Share with a date of the publisher.
-- share_with_author: Share that names an author.
-- share_with_section: Share that names a section.
-- share_copies: Share that carries the text of another article.
-- median_words: Median of their number of words.
-- last_at: Its newest article: publication, else fetch (UTC).
WITH
recent AS (
    SELECT *
    FROM (
        SELECT
            source,
            completeness,
            published_at,
            len(authors) > 0 AS has_author,
            section,
            duplicate_of,
            word_count,
            dated_at
        FROM main.articles
    )
    QUALIFY dated_at > max(dated_at) OVER (PARTITION BY source) - INTERVAL 28 DAYS
)
SELECT
    source,
    count(*) AS articles,
    count(*) FILTER (completeness = 'full') / count(*) AS share_full,
    count(*) FILTER (completeness = 'paywalled') / count(*) AS share_paywalled,
    count(*) FILTER (completeness = 'teaser') / count(*) AS share_teaser,
    count(published_at) / count(*) AS share_dated,
    count(*) FILTER (has_author) / count(*) AS share_with_author,
    count(section) / count(*) AS share_with_section,
    count(duplicate_of) / count(*) AS share_copies,
    median(word_count) AS median_words,
    max(dated_at) AS last_at
FROM recent
GROUP BY source
ORDER BY source;
