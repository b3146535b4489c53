-- One row is the latest observation of one feed, sitemap or section of the sources in `arriving`. One that lies after
-- $now was made while the clock was wrong: it counts only where there is no other.
SELECT *
FROM ops.feed_states
SEMI JOIN arriving USING (source)
QUALIFY row_number() OVER (PARTITION BY source, url ORDER BY at_utc > $now, at_utc DESC, run_id DESC) = 1;
