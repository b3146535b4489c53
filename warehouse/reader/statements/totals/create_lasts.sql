-- The rows of the ledger that reports.source_health reads: the latest outcome of each source, kind and reason, and the
-- latest poll of each place with each reason, of the runs since the variable `since` (NULL: of all).
CREATE TABLE kept.last_outcomes AS
SELECT source, kind, reason, run_id, at_utc
FROM ops.outcomes
WHERE run_id >= coalesce(getvariable('since'), '')
QUALIFY row_number() OVER (PARTITION BY source, kind, reason ORDER BY at_utc DESC) = 1;

CREATE TABLE kept.last_feed_states AS
SELECT source, url, kind, named_by, reason, at_utc, next_poll_at
FROM ops.feed_states
WHERE run_id >= coalesce(getvariable('since'), '')
QUALIFY row_number() OVER (PARTITION BY source, url, reason ORDER BY at_utc DESC) = 1;
