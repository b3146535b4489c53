-- One row is how many pages were taken from the files of `arriving`, and when the last of them was (UTC).
SELECT count(*) AS pages, max(found_at) AS taken_at
FROM main.captures
SEMI JOIN arriving USING (warc_file);
