-- One row is the latest observation of one feed or sitemap of a source.
SELECT *
FROM ops.feed_states
WHERE source = $source
QUALIFY row_number() OVER (PARTITION BY url ORDER BY at_utc DESC, run_id DESC) = 1;
