-- One row is one rule that records of one source broke in the run, the most often broken first.
WITH
broken AS (
    SELECT
        source,
        url,
        unnest(rules) AS rule,
        unnest(messages) AS message
    FROM ops.quarantine
    WHERE run_id = $run_id
)
SELECT
    source,
    rule,
    min(message) AS message,
    count(*) AS records,
    list_sort(list(DISTINCT url))[:$examples] AS urls
FROM broken
GROUP BY source, rule
ORDER BY records DESC, source, rule;
