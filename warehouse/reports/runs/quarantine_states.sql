-- One row is one record in quarantine and what became of it, latest first. `state` is `waiting`, `dropped`, or the
-- reason with which a later run ended the same capture.
--
-- run_id: The run in which it broke the rule.
-- rules: Codes of the rules that it broke.
-- messages: The same in words.
-- at_utc: When it was put aside (UTC).
-- state: waiting, dropped, or the reason with which a later run ended the same capture.
-- state_at: Since when (UTC).
-- state_run_id: The later run; NULL: none took it up.
-- dropped_by: Who dropped it; NULL: nobody did.
-- why: The reason that was given; NULL: nobody dropped it.
-- record: The record, whole, as JSON.
WITH
replayed AS (
    SELECT
        kept.run_id,
        kept.capture_id,
        arg_max(ended.reason, ended.at_utc) AS reason,
        arg_max(ended.run_id, ended.at_utc) AS state_run_id,
        max(ended.at_utc) AS at_utc
    FROM ops.quarantine AS kept
    JOIN ops.outcomes AS ended
        ON ended.capture_id = kept.capture_id
        AND ended.run_id <> kept.run_id
        AND ended.at_utc >= kept.at_utc
        AND ended.reason <> 'interrupted'
    GROUP BY kept.run_id, kept.capture_id
)
SELECT
    kept.capture_id,
    kept.run_id,
    kept.source,
    kept.url,
    kept.rules,
    kept.messages,
    kept.at_utc,
    CASE
        WHEN drops.at_utc >= coalesce(replayed.at_utc, drops.at_utc) THEN 'dropped'
        ELSE coalesce(replayed.reason, 'waiting')
    END AS state,
    greatest(kept.at_utc, drops.at_utc, replayed.at_utc) AS state_at,
    replayed.state_run_id,
    drops.dropped_by,
    drops.why,
    kept.record
FROM ops.quarantine AS kept
LEFT JOIN replayed ON replayed.run_id = kept.run_id AND replayed.capture_id = kept.capture_id
LEFT JOIN ops.quarantine_drops AS drops ON drops.run_id = kept.run_id AND drops.capture_id = kept.capture_id
ORDER BY kept.at_utc DESC, kept.url;
