-- One row is one statement on the identity of one of the pages or articles, oldest first.
SELECT *
FROM ops.identities
WHERE
    article_id IN (SELECT unnest($ids::UUID[]))
    OR page_id IN (SELECT unnest($ids::UUID[]))
    OR page_url IN (SELECT unnest($urls::VARCHAR[]))
ORDER BY at_utc, page_url;
