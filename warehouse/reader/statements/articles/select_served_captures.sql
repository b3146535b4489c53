-- One row is one capture, by its key, with the place of its record.
SELECT
    capture_id,
    final_url AS url,
    fetched_at,
    warc_file,
    warc_offset,
    warc_length,
    warc_digest
FROM main.captures
WHERE list_contains($ids, capture_id);
