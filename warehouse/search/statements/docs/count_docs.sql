-- One row: the number of versions, and the last doc_id.
SELECT
    count(*),
    coalesce(max(doc_id), 0)
FROM docs
