-- Gives up the places that a run's steps had.
DELETE FROM waiters
WHERE holder LIKE :holders
