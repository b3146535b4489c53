-- One row is one record of one of the URLs that broke a rule, oldest first.
SELECT *
FROM ops.quarantine
WHERE url IN (SELECT unnest($urls::VARCHAR[]))
ORDER BY at_utc, url;
