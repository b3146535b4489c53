-- One row is the blocks of a page, as extracted from one capture.
SELECT *
FROM ops.site_blocks
WHERE capture_id = $capture_id;
