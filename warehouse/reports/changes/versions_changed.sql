-- One row is one article whose text changed since it was first loaded; latest change first.
--
-- versions: How many versions there are.
-- first_title: Headline of the version fetched first.
-- last_title: Headline of the version fetched last.
-- first_word_count: Words of the version fetched first.
-- last_word_count: Words of the version fetched last.
-- first_fetched_at: First fetch of any version (UTC).
-- last_fetched_at: Last fetch of any version (UTC).
SELECT
    arg_max(source, fetched_at) AS source,
    arg_max(url, fetched_at) AS url,
    count(*) AS versions,
    arg_min(title, fetched_at) AS first_title,
    arg_max(title, fetched_at) AS last_title,
    arg_min(word_count, fetched_at) AS first_word_count,
    arg_max(word_count, fetched_at) AS last_word_count,
    min(fetched_at) AS first_fetched_at,
    max(fetched_at) AS last_fetched_at,
    article_id
FROM main.article_versions
GROUP BY article_id
HAVING count(*) > 1
ORDER BY last_fetched_at DESC, article_id;
