-- Adds the versions of `arriving`; the primary key keeps those out that the table has.
INSERT INTO article_versions BY NAME
SELECT arriving.*
FROM arriving
ON CONFLICT DO NOTHING;
