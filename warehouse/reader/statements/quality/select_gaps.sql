-- One row is one field, and in how many of the versions that the run loaded of one source it is empty.
WITH
counts AS (
    SELECT
        source,
        count(*) AS articles,
        count(*) FILTER (published_at IS NULL) AS published_at,
        count(*) FILTER (coalesce(len(authors), 0) = 0) AS authors,
        count(*) FILTER (language IS NULL) AS language,
        count(*) FILTER (section IS NULL) AS section,
        count(*) FILTER (coalesce(len(tags), 0) = 0) AS tags,
        count(*) FILTER (dek IS NULL) AS dek,
        count(*) FILTER (image_url IS NULL) AS image_url,
        count(*) FILTER (modified_at IS NULL) AS modified_at,
        count(*) FILTER (fingerprint IS NULL) AS fingerprint
    FROM main.article_versions
    WHERE run_id = $run_id
    GROUP BY source
)
SELECT
    source,
    field,
    articles,
    missing
FROM counts
UNPIVOT (missing FOR field IN (
    published_at, authors, language, section, tags, dek, image_url, modified_at, fingerprint
))
ORDER BY source, field;
