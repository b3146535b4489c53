-- Deletes the places in queues that a run's steps hold.
DELETE FROM waiters
WHERE holder LIKE :holders
