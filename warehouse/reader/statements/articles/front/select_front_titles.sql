-- One row is one change by the publisher of an article of the stories $stories, oldest first; texts are left out.
SELECT
    after.article_id,
    after.source,
    after.url,
    after.language,
    after.fetched_at AS at_utc,
    after.version,
    before.title AS title_before,
    after.title AS title_after,
    coalesce(before.dek, '') AS dek_before,
    coalesce(after.dek, '') AS dek_after,
    '' AS body_before,
    '' AS body_after
FROM main.article_versions AS after
JOIN main.article_versions AS before
    ON before.article_id = after.article_id
    AND before.version = after.compared_with
WHERE
    after.cause = 'changed'
    AND after.article_id IN (FROM main.story_articles SELECT article_id WHERE list_contains($stories::UUID[], story_id))
ORDER BY at_utc, after.article_id, after.version;
