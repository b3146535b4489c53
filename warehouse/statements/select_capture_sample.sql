-- One row is the place of one WARC record, of as many as are asked for; which ones hangs on the seed.
SELECT
    warc_file,
    warc_offset,
    warc_length,
    warc_digest
FROM main.captures
ORDER BY hash(capture_id, $seed)
LIMIT $count;
