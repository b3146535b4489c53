-- Frees the turns that an ended run held. The gap after their requests is still kept.
UPDATE turns
SET
    holder = NULL,
    lease_until = 0
WHERE holder LIKE :holders
