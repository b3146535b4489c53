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
),
found AS (
    SELECT
        articles.article_id,
        articles.source,
        articles.title,
        articles.canonical_url,
        articles.published_at,
        articles.published_precision,
        articles.fetched_at,
        articles.version,
        named.is_whole
    FROM main.articles AS articles
    JOIN named ON named.article_id = articles.article_id
)
-- No `bool_or(is_whole) OVER ()`: a window over few joined rows ends one query in a hundred with an INTERNAL error of
-- DuckDB 1.5.5 on a busy machine ("access index 0 within vector of size 0"), and invalidates the database.
SELECT
    article_id,
    source,
    title,
    canonical_url,
    published_at,
    published_precision,
    fetched_at,
    version
FROM found
WHERE is_whole OR NOT (SELECT bool_or(is_whole) FROM found)
ORDER BY fetched_at DESC, article_id
LIMIT $limit;
