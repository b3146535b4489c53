-- One row is one article of which a headline, of any version, has all words; if some are just $text, only these.
WITH
named AS (
    SELECT
        moments.article_id,
        max(lower(strip_accents(versions.title)) = lower(strip_accents($text))) AS is_whole
    FROM main.article_versions AS versions
    JOIN main.article_timeline AS moments
        ON moments.loaded_as = versions.article_id AND moments.version = versions.version
    WHERE list_bool_and(
        list_transform(
            $words::VARCHAR[],
            lambda word: contains(lower(strip_accents(versions.title)), lower(strip_accents(word)))
        )
    )
    GROUP BY moments.article_id
)
SELECT
    articles.article_id,
    articles.source,
    articles.title,
    articles.canonical_url,
    articles.published_at,
    articles.published_precision,
    articles.fetched_at,
    articles.version
FROM main.articles AS articles
JOIN named ON named.article_id = articles.article_id
QUALIFY named.is_whole OR NOT bool_or(named.is_whole) OVER ()
ORDER BY articles.fetched_at DESC, articles.article_id
LIMIT $limit;
