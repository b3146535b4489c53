-- One row is one short version that has a (source, title) of `arriving`.
SELECT source, canonical_url, title, body
FROM main.article_versions
SEMI JOIN arriving USING (source, title)
WHERE word_count <= $words_at_most;
