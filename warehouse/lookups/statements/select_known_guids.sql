-- One row is one GUID and URL under which a feed listed a page that was captured, oldest first. They
-- share a GUID or a URL of their source with `arriving`, which has each URL as found and in its canonical form.
WITH
listed AS (
    SELECT capture_id, source, found_in, guid, url, coalesce(canonical_form, url) AS form, entry, fetched_at
    FROM main.captures
    WHERE kind = 'article' AND guid IS NOT NULL
),
matching AS (
    SELECT * FROM listed SEMI JOIN arriving USING (source, guid)
    UNION
    SELECT * FROM listed SEMI JOIN arriving ON arriving.source = listed.source AND arriving.url = listed.form
)
SELECT
    matching.source,
    matching.found_in,
    matching.guid,
    matching.url,
    json_extract_string(arg_min(matching.entry, matching.fetched_at), '$.title') AS title,
    arg_min(versions.canonical_url, matching.fetched_at) AS canonical_url
FROM matching
LEFT JOIN main.article_versions AS versions ON versions.capture_id = matching.capture_id
GROUP BY matching.source, matching.found_in, matching.guid, matching.url
ORDER BY min(matching.fetched_at), matching.url;
