-- The latest rows of the reader file before, beside those of the recent runs: the later one of each stays.
CREATE OR REPLACE TABLE kept.last_outcomes AS
FROM (FROM kept.last_outcomes UNION ALL BY NAME FROM before.kept.last_outcomes)
QUALIFY row_number() OVER (PARTITION BY source, kind, reason ORDER BY at_utc DESC) = 1;

CREATE OR REPLACE TABLE kept.last_feed_states AS
FROM (FROM kept.last_feed_states UNION ALL BY NAME FROM before.kept.last_feed_states)
QUALIFY row_number() OVER (PARTITION BY source, url, reason ORDER BY at_utc DESC) = 1;
