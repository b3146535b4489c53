-- Adds the rows of `arriving`; one row is returned, their number.
INSERT INTO ops.story_link_rounds BY NAME
FROM arriving;
