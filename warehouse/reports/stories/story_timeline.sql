-- One row is one article of one story, in order of time. Stories with the latest article come first; copies of other
-- texts are there too.
--
-- story_id: The story.
-- position: 1 for its first article.
-- at_utc: Publication; the first fetch where the publisher gives no date (UTC).
-- at_by: published; day where only the day is known (then at_utc is its midnight); fetched.
-- is_copy: Whether it carries the text of another article of the story.
-- delay_s: Seconds after the first article of the story; NULL: only its day is known.
-- versions: How many versions of it there are.
-- fetched_first_at: First fetch of it (UTC).
WITH
its AS MATERIALIZED (
    FROM main.story_articles
),
versions AS (
    SELECT
        article_id,
        count(*) AS versions
    FROM main.article_versions
    SEMI JOIN ops.retold_articles USING (article_id)
    GROUP BY article_id
),
members AS (
    SELECT
        its.story_id,
        its.is_copy,
        articles.*,
        CASE
            WHEN articles.published_at IS NULL THEN 'fetched'
            WHEN articles.published_precision = 'day' THEN 'day'
            ELSE 'published'
        END AS at_by
    FROM its
    JOIN (
        SELECT
            article_id,
            source,
            title,
            url,
            language,
            published_at,
            published_precision,
            dated_at,
            duplicate_of,
            copy_kind,
            first_fetched_at
        FROM main.articles
    ) AS articles ON articles.article_id = its.article_id
)
SELECT
    members.story_id,
    row_number() OVER (PARTITION BY members.story_id ORDER BY members.dated_at, members.article_id) AS position,
    members.dated_at AS at_utc,
    members.at_by,
    members.source,
    members.title,
    members.url,
    members.language,
    members.is_copy,
    members.duplicate_of,
    members.copy_kind,
    CASE
        WHEN members.at_by <> 'day'
            THEN epoch(members.dated_at) - epoch(min(members.dated_at) OVER (PARTITION BY members.story_id))
    END AS delay_s,
    coalesce(versions.versions, 1) AS versions,
    members.first_fetched_at AS fetched_first_at,
    members.article_id
FROM members
LEFT JOIN versions ON versions.article_id = members.article_id
ORDER BY max(members.dated_at) OVER (PARTITION BY members.story_id) DESC, members.story_id, position;
