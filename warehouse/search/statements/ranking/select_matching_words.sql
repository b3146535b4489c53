-- One row is one version that a query finds.
SELECT rowid
FROM words
WHERE words MATCH :query
