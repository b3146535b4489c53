-- One row is one captured page fetched since $since and before $until that gave a version, or the newest one
-- of a URL that has no version, oldest fetch first; of the sources in `arriving`.
WITH
pages AS (
    SELECT *
    FROM main.captures
    SEMI JOIN arriving USING (source)
    WHERE kind = 'article' AND status = 200 AND fetched_at >= $since AND fetched_at < $until
),
newest AS (
    SELECT *
    FROM pages
    ANTI JOIN main.article_versions AS versions USING (url)
    QUALIFY row_number() OVER (PARTITION BY source, url ORDER BY fetched_at DESC) = 1
)
SELECT *
FROM pages
SEMI JOIN main.article_versions AS versions USING (capture_id)
UNION ALL BY NAME
SELECT *
FROM newest
ORDER BY fetched_at, capture_id;
