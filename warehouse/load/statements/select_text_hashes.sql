-- One row is one version of `arriving` and the SHA-256 (hex) of its body.
SELECT
    versions.article_id,
    versions.version,
    sha256(versions.body) AS text_hash
FROM main.article_versions AS versions
SEMI JOIN arriving
    ON arriving.article_id = versions.article_id
    AND arriving.version = versions.version
WHERE versions.loaded_at BETWEEN $first AND $last;
