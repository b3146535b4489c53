-- Adds the versions of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO main.article_versions BY NAME
SELECT DISTINCT ON (article_id, version) arriving.*
FROM arriving
ANTI JOIN main.article_versions AS stored USING (article_id, version);
