-- One row is one capture of our own archive in the segments of `arriving` (column value, of kind file), with its digest.
SELECT
    CAST(capture_id AS VARCHAR) AS capture_id,
    warc_digest
FROM main.captures
WHERE warc_file IN (SELECT value FROM arriving WHERE kind = 'file');
