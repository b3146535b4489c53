-- One row is one short version of a source and with a title that stand together in `arriving`.
SELECT source, canonical_url, title, fingerprint
FROM main.article_versions
SEMI JOIN arriving USING (source, title)
WHERE word_count <= $words_at_most AND fingerprint IS NOT NULL;
