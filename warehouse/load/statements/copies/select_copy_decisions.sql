-- One row is the last decision on one article of `arriving`.
SELECT *
FROM ops.copy_decisions
SEMI JOIN arriving USING (article_id)
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY number DESC) = 1
ORDER BY article_id;
