-- The turns that a run held are nobody's: it is dead. Their pace stays owed.
UPDATE turns
SET
    holder = NULL,
    lease_until = 0
WHERE holder LIKE :holders
