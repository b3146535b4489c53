-- Removes a version.
DELETE FROM docs
WHERE doc_id = ?
