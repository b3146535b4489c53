-- One row is one load that is in the index, of those from an instant on.
SELECT batch_id
FROM taken_loads
WHERE loaded_at >= :since
