-- Adds the samples of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO main.text_samples BY NAME
SELECT arriving.*
FROM arriving
ANTI JOIN main.text_samples AS stored USING (article_id, version);
