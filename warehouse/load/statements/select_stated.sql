-- One row is what one version says that `arriving` names. `loaded_at` is named so that files of other times
-- are not read.
SELECT
    versions.article_id,
    versions.version,
    versions.title,
    versions.dek,
    versions.body,
    versions.authors,
    versions.published_at,
    versions.modified_at,
    versions.language,
    versions.section,
    versions.tags,
    versions.image_url,
    versions.completeness,
    versions.word_count
FROM main.article_versions AS versions
SEMI JOIN arriving USING (article_id, version, loaded_at)
WHERE versions.loaded_at BETWEEN $first AND $last;
