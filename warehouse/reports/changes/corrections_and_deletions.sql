-- One row is one article that its site corrected, withdrew or deleted, or brought back. Latest first. An article can have
-- several rows.
--
-- at_utc: The fetch that showed it (UTC).
-- kind: correction: a later version has a note of correction that the one before it had not; retracted, deleted or
--     restored: the event of that name (`ops.events`).
-- title: Headline of the version; NULL: the event is of none.
-- told: The note of correction, cut at 300 characters, or the event in words; NULL: nothing more is known.
WITH
notes AS (
    SELECT
        article_id,
        version,
        compared_with,
        fetched_at,
        source,
        url,
        title,
        published_at,
        capture_id,
        regexp_extract(
            body,
            '(?im)^(?:editor.s note|correction|corrections|clarification|this (?:article|story) (?:was|has been) (?:amended|corrected|updated) |an earlier version of this |berichtigung|korrektur|anm(?:erkung|\.) (?:der|d\.) red|correctif|rectificatif|erratum|correcci[oó]n|fe de erratas|rettifica|correzione|errata|corre[cç][aã]o|rectificatie|correctie|sprostowanie|d[uü]zeltme|rättelse|rettelse|исправление|уточнение|виправлення|更正|訂正)[^\n]*'
        ) AS note
    FROM main.article_versions
    SEMI JOIN ops.retold_articles USING (article_id)
),
corrected AS (
    SELECT
        after.fetched_at AS at_utc,
        'correction' AS kind,
        after.source,
        after.title,
        after.url,
        left(after.note, 300) AS told,
        after.published_at,
        after.article_id,
        after.version,
        after.capture_id
    FROM notes AS after
    JOIN notes AS before ON before.article_id = after.article_id AND before.version = after.compared_with
    WHERE after.note <> '' AND after.note <> before.note
),
happened AS (
    SELECT
        events.at_utc,
        events.kind,
        events.source,
        versions.title,
        events.url,
        nullif(concat_ws('; ', events.detail, nullif(array_to_string(events.evidence, ', '), '')), '') AS told,
        versions.published_at,
        events.article_id,
        events.version,
        events.capture_id
    FROM ops.events AS events
    LEFT JOIN main.article_versions AS versions
        ON versions.article_id = events.article_id
        AND versions.version = events.version
    WHERE events.kind IN ('deleted', 'restored', 'retracted')
)
SELECT
    at_utc,
    kind,
    source,
    title,
    url,
    told,
    published_at,
    article_id,
    version,
    capture_id
FROM (
    FROM corrected
    UNION ALL BY NAME
    FROM happened
)
ORDER BY at_utc DESC, article_id, kind;
