-- One row is one word by which records in quarantine are filtered: `kind` is source, rule or run.
SELECT DISTINCT 'source' AS kind, source AS word FROM ops.quarantine
UNION
SELECT 'run', run_id FROM ops.quarantine
UNION
SELECT 'rule', unnest(rules) FROM ops.quarantine
UNION
SELECT 'rule', split_part(code, ':', 1) FROM (SELECT unnest(rules) AS code FROM ops.quarantine)
ORDER BY kind, word;
