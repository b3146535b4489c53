-- One row is the number of pages taken from the files of `arriving`, and the time of the last (UTC).
SELECT count(*) AS pages, max(found_at) AS taken_at
FROM main.captures
SEMI JOIN arriving USING (warc_file);
