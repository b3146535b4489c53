-- One row is one version of one article that was extracted from the URLs, in order.
SELECT * EXCLUDE (body)
FROM main.article_versions
WHERE
    article_id IN (
        SELECT article_id
        FROM ops.outcomes
        WHERE url IN (SELECT unnest($urls::VARCHAR[]))
    )
    OR url IN (SELECT unnest($urls::VARCHAR[]))
ORDER BY article_id, fetched_at, version;
