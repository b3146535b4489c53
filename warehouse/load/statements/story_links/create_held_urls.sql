-- Makes the table of the images, and of the pages of other sites, that the first version of an article of a story
-- names; of stories with an article between $first and $last. Links to a whole site are left out.
CREATE OR REPLACE TEMP TABLE held_urls AS
WITH RECURSIVE
latest AS (
    SELECT
        story_id,
        language,
        articles,
        first_at,
        last_at
    FROM ops.story_states
    WHERE last_at >= $first AND first_at <= $last
    QUALIFY row_number() OVER (PARTITION BY story_id ORDER BY step DESC) = 1
),
merges AS (
    SELECT
        other_story_id AS merged_id,
        story_id
    FROM ops.story_events
    WHERE kind = 'merged'
),
parts AS (
    SELECT
        story_id AS part_id,
        story_id
    FROM latest
    WHERE articles > 0
    UNION
    SELECT
        merges.merged_id,
        parts.story_id
    FROM parts
    JOIN merges ON merges.story_id = parts.part_id
),
placed AS (
    SELECT
        article_id,
        max_by(story_id, step) AS part_id
    FROM ops.story_events
    WHERE kind IN ('began', 'joined', 'undone')
    GROUP BY article_id
),
members AS (
    SELECT
        placed.article_id,
        parts.story_id
    FROM placed
    JOIN parts ON parts.part_id = placed.part_id
),
named AS (
    SELECT
        article_id,
        'image' AS kind,
        image_url AS url
    FROM main.article_versions
    WHERE version = 1 AND image_url IS NOT NULL
    UNION ALL
    SELECT
        article_id,
        'link' AS kind,
        url
    FROM main.links_out
    WHERE version = 1 AND is_external AND regexp_matches(url, '^https?://[^/?#]+/[^?#]')
)
SELECT DISTINCT
    members.story_id,
    latest.language,
    latest.first_at,
    latest.last_at,
    named.kind,
    named.url
FROM named
JOIN members ON members.article_id = named.article_id
JOIN latest ON latest.story_id = members.story_id;
