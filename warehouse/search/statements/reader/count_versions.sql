-- One row: how many versions of articles the warehouse has.
SELECT count(*)
FROM main.article_versions
