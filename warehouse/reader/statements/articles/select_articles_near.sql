-- One row is one article, of $host where that is given, whose headline and URL have a share of the words, or whose
-- headline is spelt alike; the closest first.
WITH
scored AS (
    SELECT
        article_id,
        source,
        title,
        canonical_url,
        published_at,
        published_precision,
        fetched_at,
        version,
        len(
            list_filter(
                $words::VARCHAR[],
                lambda word: contains(
                    lower(strip_accents(concat(title, ' ', canonical_url))), lower(strip_accents(word))
                )
            )
        ) / len($words::VARCHAR[]) AS share,
        jaro_winkler_similarity(lower(title), lower($text)) AS likeness
    FROM main.articles
    WHERE $host::VARCHAR IS NULL OR contains(canonical_url, $host::VARCHAR)
)
SELECT * EXCLUDE (share, likeness)
FROM scored
WHERE share >= $least OR likeness >= 0.8
ORDER BY
    greatest(share, likeness) DESC,
    fetched_at DESC,
    article_id
LIMIT $limit;
