-- One row is one version that a query finds, best first, of those from a doc_id on that are as wanted. FTS5 itself does
-- not sort: for that it would look the query up once more, a third of the time of a phrase.
WITH
scored AS MATERIALIZED (
    SELECT
        rowid AS doc_id,
        rank AS score
    FROM words
    WHERE words MATCH :query
        AND rank MATCH :weights
        AND rowid >= :first
),
ranked AS (
    SELECT *
    FROM scored
    ORDER BY score, doc_id
    LIMIT -1
)
SELECT
    ranked.doc_id,
    -ranked.score
FROM ranked
CROSS JOIN docs ON docs.doc_id = ranked.doc_id
WHERE (:is_all_versions OR docs.is_newest)
    AND (:since IS NULL OR docs.at_s >= :since)
    AND (:until IS NULL OR docs.at_s < :until)
    AND (:sources IS NULL OR docs.source_id IN (SELECT value FROM json_each(:sources)))
    AND (:language IS NULL OR docs.language = :language)
    AND (:section IS NULL OR lower(docs.section) = lower(:section))
    AND (:articles IS NULL OR docs.article_id IN (SELECT value FROM json_each(:articles)))
LIMIT :limit
