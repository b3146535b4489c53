-- One row is one article in its latest version; newest publication (or fetch, where no date is given) first.
SELECT
    title,
    source,
    published_at,
    published_precision,
    url,
    version,
    completeness,
    language,
    authors,
    section,
    word_count,
    fetched_at,
    article_id
FROM main.articles
ORDER BY coalesce(published_at, fetched_at) DESC, article_id;
