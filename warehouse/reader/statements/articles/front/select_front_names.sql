-- One row is one source and its name, as its file says.
SELECT
    slug,
    name
FROM main.sources
WHERE name IS NOT NULL
ORDER BY slug;
