-- One row is one segment of our own archive of which the warehouse lists captures.
SELECT DISTINCT warc_file
FROM main.captures
WHERE NOT contains(warc_file, '://');
