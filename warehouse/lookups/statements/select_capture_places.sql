-- One row is one capture in the segments of one folder: its place according to the warehouse.
SELECT
    CAST(capture_id AS VARCHAR) AS capture_id,
    warc_file,
    warc_offset
FROM main.captures
WHERE starts_with(warc_file, $folder);
