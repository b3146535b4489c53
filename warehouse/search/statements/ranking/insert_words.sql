-- Indexes the terms of a version.
INSERT INTO words (rowid, title, body, stems)
VALUES (?, ?, ?, ?)
