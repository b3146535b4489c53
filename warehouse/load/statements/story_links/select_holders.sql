-- One row is one story that names an image or a page that one of `arriving` names within $open_for of it.
SELECT DISTINCT
    others.story_id,
    others.first_at,
    others.last_at
FROM held_urls AS its
SEMI JOIN arriving ON arriving.article_id = its.story_id
JOIN held_urls AS others
    ON others.url = its.url
    AND others.first_at <= its.last_at + $open_for
    AND others.last_at >= its.first_at - $open_for
ORDER BY others.story_id;
