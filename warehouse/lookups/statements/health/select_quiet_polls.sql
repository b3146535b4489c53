-- One row is one source in `arriving`: when its feeds answered, from the last answer that listed something unseen on,
-- oldest first; all answers since $since where none did. Polls of the future, which a clock that was ahead left behind,
-- do not count.
WITH
polls AS (
    SELECT
        states.source,
        states.at_utc,
        states.entries_new
    FROM ops.feed_states AS states
    SEMI JOIN arriving USING (source)
    WHERE
        states.reason IN ('ok', 'not_modified')
        AND states.at_utc BETWEEN $since AND $now
),
heard AS (
    SELECT
        source,
        max(at_utc) AS last_new_at
    FROM polls
    WHERE entries_new > 0
    GROUP BY source
)
SELECT
    polls.source,
    list(DISTINCT polls.at_utc ORDER BY polls.at_utc) AS polls
FROM polls
LEFT JOIN heard USING (source)
WHERE heard.last_new_at IS NULL OR polls.at_utc >= heard.last_new_at
GROUP BY polls.source;
