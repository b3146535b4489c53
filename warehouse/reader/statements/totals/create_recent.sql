-- What the two reports read, of the runs since the variable `since`, with the older rows that they compare them with.
-- Requests: a day before the first of these runs' own is more than any pause or request takes.
ATTACH ':memory:' AS recent;
CREATE SCHEMA recent.ops;

CREATE TABLE recent.main.article_versions AS
SELECT run_id, source, url, article_id, version, capture_id
FROM main.article_versions
WHERE article_id IN (SELECT article_id FROM main.article_versions WHERE run_id >= getvariable('since'));

CREATE TABLE recent.ops.outcomes AS
SELECT run_id, source, url, kind, found_in, reason, article_id, version, capture_id
FROM ops.outcomes
WHERE
    run_id >= getvariable('since')
    OR article_id IN (SELECT article_id FROM recent.main.article_versions);

CREATE TABLE recent.ops.feed_states AS
SELECT run_id, source, url, kind, entries_due
FROM ops.feed_states
WHERE run_id >= getvariable('since');

CREATE TABLE recent.ops.quarantine AS
SELECT run_id, source, url, rules
FROM ops.quarantine
WHERE run_id >= getvariable('since');

CREATE TABLE recent.ops.loads AS
FROM ops.loads
WHERE run_id >= getvariable('since');

CREATE TABLE recent.ops.runs AS
FROM ops.runs
WHERE run_id >= getvariable('since');

CREATE TABLE recent.main.captures AS
SELECT run_id, source, url, kind, warc_file, capture_id
FROM main.captures
WHERE
    run_id >= getvariable('since')
    OR capture_id IN (SELECT capture_id FROM recent.main.article_versions);

SET VARIABLE requests_since = (
    SELECT coalesce(min(sent_at), 'infinity') FROM ops.requests WHERE run_id >= getvariable('since')
);

CREATE TABLE recent.ops.requests AS
FROM ops.requests
WHERE sent_at >= getvariable('requests_since') - INTERVAL 1 DAY;
