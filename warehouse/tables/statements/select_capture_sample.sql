-- One row is the place of one WARC record that can be read without a request to a web site; the seed selects them.
SELECT
    warc_file,
    warc_offset,
    warc_length,
    warc_digest
FROM main.captures
WHERE NOT regexp_matches(warc_file, '^https?://')
ORDER BY hash(capture_id, $seed)
LIMIT $count;
