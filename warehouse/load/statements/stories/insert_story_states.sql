-- Adds the states of `arriving`; one row is returned, their number.
INSERT INTO ops.story_states BY NAME
FROM arriving;
