-- One row is one version, of those given by id, that is as wanted.
SELECT docs.doc_id
FROM docs
WHERE docs.doc_id IN (SELECT value FROM json_each(:docs))
    AND (:is_all_versions OR docs.is_newest)
    AND (:section IS NULL OR lower(docs.section) = lower(:section))
    AND (:articles IS NULL OR docs.article_id IN (SELECT value FROM json_each(:articles)))
