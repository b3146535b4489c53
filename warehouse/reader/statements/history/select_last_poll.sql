-- One row: the last poll of the source before $until.
SELECT
    run_id,
    url,
    kind,
    at_utc,
    reason,
    NULL AS detail,
    entries,
    entries_new,
    entries_due,
    entries_dropped,
    next_poll_at
FROM ops.feed_states
WHERE source = $source AND at_utc < $until
ORDER BY at_utc DESC, url
LIMIT 1;
