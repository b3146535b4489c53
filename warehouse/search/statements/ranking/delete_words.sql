-- Removes the terms of a version, which are given as they were indexed.
INSERT INTO words (words, rowid, title, body, stems)
VALUES ('delete', ?, ?, ?, ?)
