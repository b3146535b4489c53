-- One row is one source that carries texts of another, how many, how much of them and how fast; most texts first.
-- `copies` are whole, `cuts` shorter, `embedded` within longer texts, `edited`, `merged` with parts of others;
-- `median_share` is 0 to 1, of the shorter text; `median_delay_s` and `fastest_s` are seconds between the publications,
-- of texts with a time of day at both (NULL: none has). `first_source` published them first; an agency that is no
-- source of this installation is in `agencies`, where the copies credit one.
--
-- first_source: Slug of the source that published the texts first.
-- carried_by: Slug of the source that carries them.
-- texts: Articles of `carried_by` with a text of `first_source`.
-- copies: Of these, whole texts.
-- cuts: Of these, shorter than the original.
-- embedded: Of these, within a longer text.
-- edited: Of these, with other words here and there.
-- merged: Of these, with parts of other texts.
-- median_share: Median share of the shorter text that the longer holds, 0 to 1.
-- median_delay_s: Median of seconds between the two publications; NULL: no pair has times of day.
-- fastest_s: Least seconds between two publications; NULL: as above.
-- agencies: Agencies that the texts credit; empty: none.
-- last_at: Publication of the latest of them (UTC); NULL: without a time of day.
WITH
articles AS MATERIALIZED (
    SELECT
        article_id,
        source,
        if(published_precision = 'second', published_at, NULL) AS published_at,
        credited_agency,
        duplicate_of,
        copy_kind,
        copy_share
    FROM main.articles
),
carried AS (
    SELECT
        original.source AS first_source,
        copied.source AS carried_by,
        copied.copy_kind,
        copied.copy_share,
        coalesce(copied.credited_agency, original.credited_agency) AS agency,
        coalesce(copied.published_at, original.published_at) AS at_utc,
        epoch(copied.published_at) - epoch(original.published_at) AS delay_s
    FROM articles AS copied
    JOIN articles AS original ON original.article_id = copied.duplicate_of
    WHERE copied.source <> original.source
)
SELECT
    first_source,
    carried_by,
    count(*) AS texts,
    count(*) FILTER (copy_kind = 'copy') AS copies,
    count(*) FILTER (copy_kind = 'cut') AS cuts,
    count(*) FILTER (copy_kind = 'embedded') AS embedded,
    count(*) FILTER (copy_kind = 'edited') AS edited,
    count(*) FILTER (copy_kind = 'merged') AS merged,
    median(copy_share) AS median_share,
    median(delay_s) AS median_delay_s,
    min(delay_s) AS fastest_s,
    coalesce(list_sort(list(DISTINCT agency) FILTER (agency IS NOT NULL)), []) AS agencies,
    max(at_utc) AS last_at
FROM carried
GROUP BY first_source, carried_by
ORDER BY texts DESC, first_source, carried_by;
