-- Removes what is shown of a version.
DELETE FROM texts
WHERE doc_id = ?
