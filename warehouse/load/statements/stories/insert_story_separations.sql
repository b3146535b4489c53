-- Adds the statements of `arriving`; one row is returned, their number.
INSERT INTO ops.story_separations BY NAME
FROM arriving;
