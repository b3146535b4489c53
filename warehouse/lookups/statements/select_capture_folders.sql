-- One row is one folder below the archive that holds captures.
SELECT DISTINCT regexp_replace(warc_file, '[^/]*$', '') AS folder
FROM main.captures
WHERE NOT starts_with(warc_file, '/') AND NOT contains(warc_file, '://')
ORDER BY folder;
