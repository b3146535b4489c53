-- One row is one poll of the source since $since and before $until, oldest first.
SELECT
    states.run_id,
    states.url,
    states.kind,
    states.at_utc,
    states.reason,
    ended.detail,
    states.entries,
    states.entries_new,
    states.entries_due,
    states.entries_dropped,
    states.next_poll_at
FROM ops.feed_states AS states
LEFT JOIN ops.outcomes AS ended
    ON ended.run_id = states.run_id
    AND ended.source = states.source
    AND ended.url = states.url
    AND ended.kind = states.kind
WHERE states.source = $source AND states.at_utc >= $since AND states.at_utc < $until
ORDER BY states.at_utc, states.url;
