-- One row is one source with its number of articles.
SELECT
    coalesce(s.slug, a.source) AS source,
    s.name,
    s.homepage,
    s.language,
    coalesce(a.articles, 0) AS articles,
    a.last_at
FROM main.sources AS s
FULL JOIN (
    SELECT
        source,
        count(*) AS articles,
        max(loaded_at) AS last_at
    FROM main.articles
    GROUP BY source
) AS a ON s.slug = a.source
ORDER BY source;
