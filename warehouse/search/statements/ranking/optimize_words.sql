-- Writes the terms anew as one, without those that were removed.
INSERT INTO words (words)
VALUES ('optimize')
