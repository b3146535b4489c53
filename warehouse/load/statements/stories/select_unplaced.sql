-- One row is the first version of one article that is in no story and copies no other, newest fetch first.
SELECT versions.* REPLACE ('first' AS cause)
FROM main.article_versions AS versions
ANTI JOIN ops.story_events AS events ON events.article_id = versions.article_id
ANTI JOIN (
    SELECT article_id
    FROM main.copies
    WHERE duplicate_of IS NOT NULL
) AS copies ON copies.article_id = versions.article_id
WHERE versions.version = 1
ORDER BY versions.fetched_at DESC, versions.article_id
LIMIT $at_most;
