-- One row: the time and the text of a version.
SELECT
    docs.at_s,
    texts.packed
FROM docs
JOIN texts ON texts.doc_id = docs.doc_id
WHERE docs.doc_id = :doc_id
