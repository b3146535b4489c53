-- Adds the decisions of `arriving`; one row is returned, their number.
INSERT INTO ops.story_events BY NAME
FROM arriving;
