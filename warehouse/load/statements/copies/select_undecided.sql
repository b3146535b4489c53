-- One row is one article with a text like another's on which nothing was decided, or whose decision went with a
-- forgotten article, and the date of a text.
WITH
paired AS (
    SELECT article_id, dated_at FROM ops.copy_pairs
    UNION ALL
    SELECT of_id AS article_id, dated_at FROM ops.copy_pairs
)
SELECT
    article_id,
    max(dated_at) AS dated_at
FROM paired
ANTI JOIN ops.copy_decisions USING (article_id)
GROUP BY article_id;
