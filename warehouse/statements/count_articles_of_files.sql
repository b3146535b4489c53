-- One row is how many articles were read from the files of `arriving`, and when the last of them was loaded.
SELECT count(DISTINCT article_id) AS articles, max(loaded_at) AS loaded_at
FROM main.article_versions
SEMI JOIN (
    SELECT capture_id
    FROM main.captures
    SEMI JOIN arriving USING (warc_file)
) AS read USING (capture_id);
