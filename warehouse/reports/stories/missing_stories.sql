-- One row is one story that others have and one source has not. Stories of the last 7 days (up to the newest article)
-- that at least three sources have with a text of their own; the source is one of the same language that had any article
-- in these days. Most outlets first.
--
-- source: Slug of the source that has no article of it.
-- headline: Title of the article that is likest to the others.
-- outlets: Sources with a text of their own.
-- sources: Slugs of the sources that have it, copies included.
-- first_at: Publication (else fetch) of its first article (UTC).
-- last_at: Publication (else fetch) of its last article (UTC).
-- story_id: The story.
WITH
recent AS (
    SELECT max(dated_at) - INTERVAL 7 DAYS AS since
    FROM main.articles
    WHERE dated_at <= current_timestamp
),
active AS (
    SELECT DISTINCT
        articles.source,
        split_part(sources.language, '-', 1) AS language
    FROM main.articles AS articles
    JOIN main.sources AS sources ON sources.slug = articles.source
    WHERE articles.dated_at > (SELECT since FROM recent)
)
SELECT
    active.source,
    stories.headline,
    stories.outlets,
    stories.sources,
    stories.first_at,
    stories.last_at,
    stories.story_id
FROM main.stories AS stories
JOIN active ON active.language = stories.language
WHERE
    stories.outlets >= 3
    AND stories.last_at > (SELECT since FROM recent)
    AND NOT list_contains(stories.sources, active.source)
ORDER BY stories.outlets DESC, stories.last_at DESC, stories.story_id, active.source;
