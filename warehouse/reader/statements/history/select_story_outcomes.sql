-- One row is one outcome of one of the URLs in one run, oldest first.
SELECT *
FROM ops.outcomes
WHERE url IN (SELECT unnest($urls::VARCHAR[]))
ORDER BY at_utc, url;
