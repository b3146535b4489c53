-- One row is one of `arriving` and a story in another language within $open_for of it, with an image or a page that
-- both name and that at most $holders stories name around either.
WITH
counted AS (
    SELECT
        its.story_id,
        its.language,
        its.first_at,
        its.last_at,
        its.kind,
        its.url,
        count(*) AS holders
    FROM held_urls AS its
    JOIN held_urls AS others
        ON others.url = its.url
        AND others.kind = its.kind
        AND others.first_at <= its.last_at + $open_for
        AND others.last_at >= its.first_at - $open_for
    GROUP BY ALL
)
SELECT DISTINCT
    least(its.story_id, others.story_id) AS story_id,
    greatest(its.story_id, others.story_id) AS other_story_id,
    if(its.story_id < others.story_id, its.language, others.language) AS language,
    if(its.story_id < others.story_id, others.language, its.language) AS other_language,
    its.kind,
    its.url
FROM counted AS its
SEMI JOIN arriving ON arriving.article_id = its.story_id
JOIN counted AS others
    ON others.url = its.url
    AND others.kind = its.kind
    AND others.language <> its.language
    AND others.first_at <= its.last_at + $open_for
    AND others.last_at >= its.first_at - $open_for
WHERE its.holders <= $holders AND others.holders <= $holders
ORDER BY ALL;
