-- One row is one flow: when a run of it last ended well, and how often none did since, with the first and the last error.
-- A run whose sources failed ended well: it asked them all. One that a person interrupted says nothing.
WITH
judged AS (
    SELECT
        flow,
        run_id,
        state,
        error,
        finished_at,
        started_at,
        max(started_at) FILTER (state IN ('completed', 'sources_failed')) OVER (PARTITION BY flow) AS good_at,
        max(finished_at) FILTER (state IN ('completed', 'sources_failed')) OVER (PARTITION BY flow) AS ended_well_at
    FROM ops.runs
),
bad AS (
    SELECT
        *
    FROM judged
    WHERE
        state IN ('failed', 'crashed')
        AND (good_at IS NULL OR started_at > good_at)
),
flows AS (
    SELECT
        flow,
        max(ended_well_at) AS ended_well_at
    FROM judged
    GROUP BY flow
)
SELECT
    flows.flow,
    flows.ended_well_at,
    arg_min(bad.run_id, bad.started_at) AS bad_run_id,
    arg_min(bad.state, bad.started_at) AS bad_state,
    min(bad.finished_at) AS bad_at,
    count(bad.run_id) AS bad_runs,
    arg_max(bad.error, bad.started_at) AS error
FROM flows
LEFT JOIN bad ON bad.flow = flows.flow
GROUP BY flows.flow, flows.ended_well_at
ORDER BY flows.flow
