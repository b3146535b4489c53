-- One row is one request to one of the URLs, oldest first.
SELECT *
FROM ops.requests
WHERE url IN (SELECT unnest($urls::VARCHAR[]))
ORDER BY sent_at, attempt;
