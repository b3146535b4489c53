-- The rows of before about what did not change, and those of the recent runs.
CREATE TABLE kept.unaccounted_urls AS
FROM before.kept.unaccounted_urls
WHERE run_id < getvariable('since')
UNION ALL BY NAME
FROM recent.main.unaccounted_urls
WHERE run_id >= getvariable('since');

CREATE TABLE kept.politeness_breaches AS
FROM before.kept.politeness_breaches
WHERE sent_at < getvariable('requests_since')
UNION ALL BY NAME
FROM recent.main.politeness_breaches
WHERE sent_at >= getvariable('requests_since');
