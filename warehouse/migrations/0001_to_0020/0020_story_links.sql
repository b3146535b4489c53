-- Stories in other languages that tell of the same event. Times are UTC.
-- Comments come from the types (schemas/): `migrate` sets them.

ALTER TABLE ops.story_states ADD COLUMN IF NOT EXISTS latin_terms VARCHAR[];
ALTER TABLE ops.story_states ADD COLUMN IF NOT EXISTS latin_weights DOUBLE[];

-- One row is one decision on whether two stories in two languages are linked; of a pair the last one holds.
CREATE TABLE ops.story_link_decisions (
    story_id UUID NOT NULL,
    other_story_id UUID NOT NULL,
    language VARCHAR NOT NULL,
    other_language VARCHAR NOT NULL,
    strength DOUBLE,
    evidence STRUCT(kind VARCHAR, what VARCHAR, share DOUBLE)[],
    step BIGINT NOT NULL,
    run_id VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL
);

-- One row is one comparison of the stories that changed with those in other languages.
CREATE TABLE ops.story_link_rounds (
    step BIGINT NOT NULL,
    run_id VARCHAR NOT NULL,
    at_utc TIMESTAMPTZ NOT NULL
);

-- One row is one story and one in another language that tells of the same event; each pair is there from both sides.
CREATE VIEW main.story_links AS
WITH
last_decisions AS (
    SELECT *
    FROM ops.story_link_decisions
    QUALIFY row_number() OVER (PARTITION BY story_id, other_story_id ORDER BY step DESC) = 1
),
merged AS (
    SELECT other_story_id AS merged_id
    FROM ops.story_events
    WHERE kind = 'merged'
),
links AS (
    SELECT last_decisions.*
    FROM last_decisions
    ANTI JOIN merged AS its ON its.merged_id = last_decisions.story_id
    ANTI JOIN merged AS others ON others.merged_id = last_decisions.other_story_id
    WHERE last_decisions.strength IS NOT NULL
)
SELECT
    story_id,
    language,
    other_story_id,
    other_language,
    strength,
    evidence
FROM links
UNION ALL
SELECT
    other_story_id AS story_id,
    other_language AS language,
    story_id AS other_story_id,
    language AS other_language,
    strength,
    evidence
FROM links;

COMMENT ON VIEW main.story_links IS 'One row is one story and one in another language that tells of the same event.';
