-- One row is one request to forget that the index has followed.
SELECT forget_id
FROM seen_forgets
