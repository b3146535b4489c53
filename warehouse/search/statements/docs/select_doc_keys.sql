-- One row is one version of the index.
SELECT
    docs.article_id,
    docs.version,
    docs.doc_id,
    docs.is_newest,
    index_sources.slug
FROM docs
JOIN index_sources ON index_sources.source_id = docs.source_id
