-- One row is one captured page that `arriving` names by its id, or by its URL and the time of its fetch.
WITH pages AS (
    SELECT *
    FROM main.captures
    WHERE kind = 'article' AND status = 200
)
SELECT *
FROM pages
SEMI JOIN arriving USING (capture_id)
UNION BY NAME
SELECT *
FROM pages
SEMI JOIN arriving USING (url, fetched_at)
ORDER BY fetched_at, capture_id;
