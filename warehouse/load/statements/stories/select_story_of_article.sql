-- One row is one article of the story of the article with this canonical URL, copies left out, first placed first;
-- with the story, whether it is that article, and the number of the last decision on any story.
WITH
asked AS (
    SELECT
        article_id,
        story_id
    FROM main.story_articles
    WHERE article_id IN (SELECT article_id FROM arriving)
)
SELECT
    its.article_id,
    its.story_id,
    its.article_id = asked.article_id AS is_asked,
    (SELECT max(step) FROM ops.story_events) AS last_step
FROM main.story_articles AS its
JOIN asked ON asked.story_id = its.story_id
WHERE NOT its.is_copy
ORDER BY its.step;
