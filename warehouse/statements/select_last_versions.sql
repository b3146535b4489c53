-- One row is the number of the last version that was loaded of an article or a page of `arriving`.
SELECT
    article_id,
    max(version) AS version
FROM (
    SELECT article_id, version
    FROM main.article_versions
    UNION ALL
    SELECT page_id, version
    FROM main.article_versions
    WHERE page_id IS NOT NULL
)
SEMI JOIN arriving USING (article_id)
GROUP BY article_id;
