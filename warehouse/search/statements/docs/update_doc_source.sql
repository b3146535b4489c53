-- Gives a version another source.
UPDATE docs
SET source_id = ?
WHERE doc_id = ?
