-- One row is one article to which the run added a second or later version, newest first.
SELECT
    title,
    source,
    url,
    published_at,
    version
FROM main.article_versions
WHERE run_id = $run_id AND version > 1
ORDER BY published_at DESC NULLS LAST, url
LIMIT $limit;
