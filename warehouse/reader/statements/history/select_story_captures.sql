-- One row is one capture of one of the URLs, oldest first.
SELECT *
FROM main.captures
WHERE url IN (SELECT unnest($urls::VARCHAR[]))
ORDER BY fetched_at, capture_id;
