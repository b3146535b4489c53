-- One row is one version with its text.
SELECT
    docs.doc_id,
    docs.at_s,
    docs.source_id,
    texts.packed
FROM docs
JOIN texts ON texts.doc_id = docs.doc_id
