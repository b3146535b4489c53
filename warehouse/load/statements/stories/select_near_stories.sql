-- One row is one story among the $nearest of a probe of `arriving`: those with the largest cosine by the probe's
-- terms alone, of stories with an article within its times. The conditions on the times let DuckDB skip files.
WITH
states AS MATERIALIZED (
    SELECT * EXCLUDE (latin_terms, latin_weights)
    FROM ops.story_states
    WHERE last_at >= $first AND first_at <= $last
),
latest AS MATERIALIZED (
    SELECT
        story_id,
        max(step) AS step
    FROM states
    GROUP BY story_id
),
probes AS (
    SELECT
        number,
        language,
        first,
        last,
        floor,
        unnest(terms) AS term,
        unnest(weights) AS weight
    FROM arriving
),
weights AS (
    SELECT
        states.story_id,
        states.language,
        states.first_at,
        states.last_at,
        states.square,
        unnest(states.terms) AS term,
        unnest(states.weights) AS weight
    FROM states
    SEMI JOIN latest ON latest.story_id = states.story_id AND latest.step = states.step
),
likenesses AS (
    SELECT
        probes.number,
        weights.story_id,
        sum(probes.weight * weights.weight) / sqrt(any_value(weights.square)) AS cosine
    FROM weights
    JOIN probes ON probes.term = weights.term AND probes.language = weights.language
    WHERE weights.last_at >= probes.first AND weights.first_at <= probes.last
    GROUP BY probes.number, weights.story_id, probes.floor
    HAVING cosine >= probes.floor
),
nearest AS MATERIALIZED (
    SELECT story_id
    FROM likenesses
    QUALIFY row_number() OVER (PARTITION BY number ORDER BY cosine DESC, story_id) <= $nearest
)
SELECT states.*
FROM states
SEMI JOIN latest ON latest.story_id = states.story_id AND latest.step = states.step
WHERE states.story_id IN (SELECT story_id FROM nearest)
ORDER BY states.story_id;
