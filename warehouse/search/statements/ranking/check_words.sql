-- Fails where the terms are damaged.
INSERT INTO words (words)
VALUES ('integrity-check')
