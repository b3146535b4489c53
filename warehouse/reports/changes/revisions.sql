-- One row is one change of an article, latest first: a version after its first, with the differences from the
-- version before it, or an event (deleted, redirected, retracted, restored, reverted …). `told` says it in words.
--
-- at_utc: The fetch that showed it (UTC).
-- title: Headline of the version; NULL: the event is of none.
-- what: changed, earlier or replayed for a version; the kind of the event (`ops.events`) otherwise.
-- told: The change in words.
WITH
compared AS (
    SELECT
        after.article_id,
        after.fetched_at AS at_utc,
        after.source,
        after.url,
        after.title,
        coalesce(after.cause, 'changed') AS what,
        after.version,
        after.compared_with,
        after.changed_fields,
        after.words_added,
        after.words_removed,
        after.similarity,
        concat_ws(
            '; ',
            nullif(array_to_string(after.changed_fields, ', '), ''),
            CASE WHEN before.title <> after.title THEN format('title was {}', before.title) END,
            format('{} words added, {} removed', after.words_added, after.words_removed),
            format('{:.0f} % alike', 100 * after.similarity),
            CASE WHEN after.supersedes IS NOT NULL THEN format('in place of version {}', after.supersedes) END
        ) AS told,
        after.capture_id
    FROM main.article_versions AS after
    LEFT JOIN main.article_versions AS before
        ON before.article_id = after.article_id
        AND before.version = after.compared_with
    WHERE after.version > 1
),
happened AS (
    SELECT
        events.article_id,
        events.at_utc,
        events.source,
        events.url,
        versions.title,
        events.kind AS what,
        events.version,
        concat_ws('; ', events.detail, nullif(array_to_string(events.evidence, ', '), '')) AS told,
        events.capture_id
    FROM ops.events AS events
    LEFT JOIN main.article_versions AS versions
        ON versions.article_id = events.article_id
        AND versions.version = events.version
)
SELECT
    at_utc,
    source,
    title,
    what,
    version,
    compared_with,
    changed_fields,
    words_added,
    words_removed,
    similarity,
    told,
    url,
    article_id,
    capture_id
FROM (
    FROM compared
    UNION ALL BY NAME
    FROM happened
)
ORDER BY at_utc DESC, article_id, version DESC;
