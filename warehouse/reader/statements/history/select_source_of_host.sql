-- One row: the source that most URLs of articles on the host $host were of.
SELECT source
FROM ops.outcomes
WHERE kind = 'article' AND regexp_replace(split_part(url, '/', 3), '^www\.', '') = $host
GROUP BY source
ORDER BY count(*) DESC, source
LIMIT 1;
