-- Adds the versions of `arriving` that a plain table lacks.
INSERT INTO article_versions BY NAME
SELECT arriving.*
FROM arriving
ANTI JOIN article_versions AS stored USING (article_id, version);
