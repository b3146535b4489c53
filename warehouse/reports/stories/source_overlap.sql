-- One row is two sources with common stories. Most common stories first; each pair is there once.
--
-- source: Slug of the source whose name comes first in the alphabet.
-- other_source: Slug of the other.
-- stories: Stories that both have, copies included.
-- share_of_source: Share of the stories of `source` that these are, 0 to 1.
-- share_of_other: Share of the stories of `other_source` that these are, 0 to 1.
-- led: Of the common stories, those that `source` had first of the two.
-- led_by_other: Those that `other_source` had first.
-- ties: Those of equal times, or of which one has only a day that holds the other's time.
-- shared_texts: Of the common stories, those in which one of the two carries no text of its own.
WITH
its AS MATERIALIZED (
    FROM main.story_articles
),
covered AS MATERIALIZED (
    SELECT
        its.story_id,
        articles.source,
        bool_and(its.is_copy) AS has_copies_alone,
        min(articles.dated_at) AS first_at,
        min(
            articles.dated_at
            + CASE WHEN articles.published_precision = 'day' THEN INTERVAL '23:59:59' ELSE INTERVAL 0 SECONDS END
        ) AS not_after
    FROM its
    JOIN main.articles AS articles ON articles.article_id = its.article_id
    GROUP BY its.story_id, articles.source
),
totals AS (
    SELECT
        source,
        count(*) AS stories
    FROM covered
    GROUP BY source
),
pairs AS (
    SELECT
        one.source,
        other.source AS other_source,
        count(*) AS stories,
        count(*) FILTER (one.not_after < other.first_at) AS led,
        count(*) FILTER (other.not_after < one.first_at) AS led_by_other,
        count(*) FILTER (one.has_copies_alone OR other.has_copies_alone) AS shared_texts
    FROM covered AS one
    JOIN covered AS other ON other.story_id = one.story_id AND other.source > one.source
    GROUP BY one.source, other.source
)
SELECT
    pairs.source,
    pairs.other_source,
    pairs.stories,
    pairs.stories / its_totals.stories AS share_of_source,
    pairs.stories / other_totals.stories AS share_of_other,
    pairs.led,
    pairs.led_by_other,
    pairs.stories - pairs.led - pairs.led_by_other AS ties,
    pairs.shared_texts
FROM pairs
JOIN totals AS its_totals ON its_totals.source = pairs.source
JOIN totals AS other_totals ON other_totals.source = pairs.other_source
ORDER BY pairs.stories DESC, pairs.source, pairs.other_source;
