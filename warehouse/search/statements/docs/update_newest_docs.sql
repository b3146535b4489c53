-- Marks the newest version of an article, and unmarks the others.
UPDATE docs
SET is_newest = (version = (SELECT max(version) FROM docs AS other WHERE other.article_id = ?1))
WHERE article_id = ?1
