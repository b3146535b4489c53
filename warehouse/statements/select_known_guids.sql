-- One row is one GUID and URL under which a feed of the source listed a page that was captured, oldest first;
-- those that share a GUID or a URL with `arriving`.
WITH
matching AS (
    SELECT capture_id, found_in, guid, url, entry, fetched_at
    FROM main.captures
    WHERE
        source = $source
        AND kind = 'article'
        AND guid IS NOT NULL
        AND (guid IN (SELECT guid FROM arriving) OR url IN (SELECT url FROM arriving))
)
SELECT
    matching.found_in,
    matching.guid,
    matching.url,
    json_extract_string(arg_min(matching.entry, matching.fetched_at), '$.title') AS title,
    arg_min(versions.canonical_url, matching.fetched_at) AS canonical_url
FROM matching
LEFT JOIN main.article_versions AS versions ON versions.capture_id = matching.capture_id
GROUP BY matching.found_in, matching.guid, matching.url
ORDER BY min(matching.fetched_at), matching.url;
