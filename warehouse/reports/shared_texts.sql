-- One row is one text (case and punctuation aside) of at least 50 words that several sources carry, mostly a wire
-- story. `first_source` and `first_url` are those of the earliest fetch; newest text first.
SELECT
    list_sort(list(DISTINCT source)) AS sources,
    list_sort(list(DISTINCT title)) AS titles,
    count(*) AS articles,
    first(source ORDER BY fetched_at, url) AS first_source,
    first(url ORDER BY fetched_at, url) AS first_url,
    min(coalesce(published_at, fetched_at)) AS first_at,
    list_sort(list(article_id)) AS article_ids
FROM main.articles
WHERE
    word_count >= 50
    AND fingerprint IS NOT NULL
GROUP BY fingerprint
HAVING count(DISTINCT source) > 1
ORDER BY first_at DESC, first_url;
