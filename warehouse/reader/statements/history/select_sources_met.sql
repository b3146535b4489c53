-- One row is one source that any run processed.
SELECT DISTINCT source
FROM ops.outcomes
ORDER BY source;
