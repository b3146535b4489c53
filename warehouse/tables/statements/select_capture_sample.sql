-- One row is the place of one WARC record that can be read without asking a web site; which ones hangs on the seed.
SELECT
    warc_file,
    warc_offset,
    warc_length,
    warc_digest
FROM main.captures
WHERE NOT regexp_matches(warc_file, '^https?://')
ORDER BY hash(capture_id, $seed)
LIMIT $count;
