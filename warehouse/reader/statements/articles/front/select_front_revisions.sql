-- One row is one change by the publisher that was fetched between $since and $until: another headline, standfirst or
-- text. New headlines first, then those of most words. What only our reading of a page changed is left out.
SELECT
    after.article_id,
    after.source,
    after.url,
    after.language,
    after.fetched_at AS at_utc,
    after.version,
    before.title AS title_before,
    after.title AS title_after,
    coalesce(before.dek, '') AS dek_before,
    coalesce(after.dek, '') AS dek_after,
    before.body AS body_before,
    after.body AS body_after
FROM main.article_versions AS after
JOIN main.article_versions AS before
    ON before.article_id = after.article_id
    AND before.version = after.compared_with
WHERE
    after.cause = 'changed'
    AND after.fetched_at >= $since
    AND after.fetched_at < $until
    AND (after.title <> before.title OR coalesce(after.dek, '') <> coalesce(before.dek, '') OR after.body <> before.body)
ORDER BY after.title <> before.title DESC, after.words_added + after.words_removed DESC, at_utc DESC, after.article_id
LIMIT $most;
