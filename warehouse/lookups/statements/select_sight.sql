-- One row is what a page showed, as it was read from one capture.
SELECT *
FROM ops.site_blocks
WHERE capture_id = $capture_id;
