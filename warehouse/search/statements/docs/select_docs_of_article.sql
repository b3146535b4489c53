-- One row is one version of an article, with its text.
SELECT
    docs.doc_id,
    docs.at_s,
    docs.source_id,
    docs.language,
    texts.packed
FROM docs
JOIN texts ON texts.doc_id = docs.doc_id
WHERE docs.article_id = :article_id
