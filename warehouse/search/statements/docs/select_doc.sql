-- One row: a version as it is shown.
SELECT
    docs.article_id,
    docs.version,
    docs.is_newest,
    docs.section,
    index_sources.slug,
    texts.packed
FROM docs
JOIN index_sources ON index_sources.source_id = docs.source_id
JOIN texts ON texts.doc_id = docs.doc_id
WHERE docs.doc_id = :doc_id
