-- One row: when the last run of the flow $flow that ended well ended (UTC), beside when the last of any flow began;
-- NULL: there is none. A run whose sources failed ended well: it asked them all.
SELECT
    max(finished_at) FILTER (flow = $flow AND state IN ('completed', 'sources_failed')) AS ended_at,
    max(started_at) AS begun_at
FROM ops.runs
