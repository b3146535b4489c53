-- Adds the rows of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO main.version_mentions BY NAME
SELECT arriving.*
FROM arriving
ANTI JOIN main.version_mentions AS stored USING (article_id, version);
