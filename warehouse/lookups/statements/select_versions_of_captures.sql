-- One row is the last version that was extracted from a capture of `arriving`.
SELECT *
FROM main.article_versions
SEMI JOIN arriving USING (capture_id)
QUALIFY row_number() OVER (PARTITION BY capture_id ORDER BY version DESC) = 1;
