-- One row is one event that deleted, restored or retracted an article of `arriving`, oldest first.
SELECT
    events.event_id,
    events.article_id,
    events.kind,
    events.at_utc
FROM ops.events AS events
SEMI JOIN arriving USING (article_id)
WHERE events.kind IN ('deleted', 'restored', 'retracted')
ORDER BY events.at_utc, events.kind;
