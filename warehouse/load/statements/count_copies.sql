-- One row is one article of `arriving` and the number of pages that were identified with it by equal text.
SELECT
    article_id,
    count(DISTINCT page_id) AS pages
FROM ops.identities
WHERE rule = 'same_text' AND article_id IN (SELECT article_id FROM arriving)
GROUP BY article_id;
