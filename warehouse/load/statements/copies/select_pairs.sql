-- One row is one pair of an article of `arriving`, of texts dated between two times. A version that was replaced by
-- another reading of its capture has no pairs.
SELECT pairs.*
FROM ops.copy_pairs AS pairs
WHERE
    pairs.dated_at BETWEEN $first AND $last
    AND (
        pairs.article_id IN (SELECT article_id FROM arriving)
        OR pairs.of_id IN (SELECT article_id FROM arriving)
    )
    AND (pairs.article_id, pairs.version) NOT IN (
        SELECT (article_id, supersedes) FROM main.article_versions WHERE supersedes IS NOT NULL
    )
    AND (pairs.of_id, pairs.of_version) NOT IN (
        SELECT (article_id, supersedes) FROM main.article_versions WHERE supersedes IS NOT NULL
    );
