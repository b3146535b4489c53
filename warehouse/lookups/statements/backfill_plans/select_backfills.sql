-- One row is one backfill, latest first, with its last decision and how many of its chunks were loaded.
WITH
decisions AS (
    SELECT plan_id, wanted, state, at_utc
    FROM ops.backfills
    QUALIFY row_number() OVER (PARTITION BY plan_id ORDER BY at_utc DESC, state) = 1
),
planned AS (
    SELECT plan_id, min(at_utc) AS planned_at
    FROM ops.backfills
    GROUP BY plan_id
),
chunks AS (
    SELECT
        plans.plan_id,
        count(*) AS chunks,
        count(loads.batch_id) AS done,
        CAST(sum(plans.count) AS BIGINT) AS count,
        CAST(coalesce(sum(plans.count) FILTER (loads.batch_id IS NOT NULL), 0) AS BIGINT) AS count_done
    FROM ops.plans AS plans
    LEFT JOIN ops.loads AS loads USING (batch_id)
    GROUP BY plans.plan_id
)
SELECT
    decisions.plan_id,
    decisions.wanted,
    decisions.state,
    planned.planned_at AS at_utc,
    coalesce(chunks.chunks, 0) AS chunks,
    coalesce(chunks.done, 0) AS done,
    coalesce(chunks.count, 0) AS count,
    coalesce(chunks.count_done, 0) AS count_done
FROM decisions
JOIN planned USING (plan_id)
LEFT JOIN chunks USING (plan_id)
ORDER BY planned.planned_at DESC, decisions.plan_id;
