-- The one row is the mean size in bytes of a captured page; NULL: there is none.
SELECT CAST(avg(body_bytes) AS BIGINT) AS body_bytes
FROM main.captures
WHERE kind = 'article' AND status = 200;
