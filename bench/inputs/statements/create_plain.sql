-- One row is one version of one article, in a file of DuckDB's own.
CREATE TABLE IF NOT EXISTS article_versions AS
SELECT *
FROM arriving
LIMIT 0;
