-- One row is one short version of the source whose title is among `arriving`.
SELECT canonical_url, title, fingerprint
FROM main.article_versions
SEMI JOIN arriving USING (title)
WHERE source = $source AND word_count <= $words_at_most AND fingerprint IS NOT NULL;
