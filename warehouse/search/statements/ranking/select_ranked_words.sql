-- One row is one version that a query finds, best first, of those from a doc_id on that are as wanted.
SELECT
    words.rowid,
    -words.rank
FROM words
CROSS JOIN docs ON docs.doc_id = words.rowid
WHERE words MATCH :query
    AND words.rank MATCH :weights
    AND words.rowid >= :first
    AND (:is_all_versions OR docs.is_newest)
    AND (:since IS NULL OR docs.at_s >= :since)
    AND (:until IS NULL OR docs.at_s < :until)
    AND (:sources IS NULL OR docs.source_id IN (SELECT value FROM json_each(:sources)))
    AND (:language IS NULL OR docs.language = :language)
    AND (:section IS NULL OR lower(docs.section) = lower(:section))
    AND (:articles IS NULL OR docs.article_id IN (SELECT value FROM json_each(:articles)))
ORDER BY words.rank
LIMIT :limit
