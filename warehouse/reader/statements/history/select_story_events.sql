-- One row is one event of one of the articles, oldest first.
SELECT *
FROM ops.events
WHERE article_id IN (SELECT unnest($ids::UUID[]))
ORDER BY at_utc, kind;
