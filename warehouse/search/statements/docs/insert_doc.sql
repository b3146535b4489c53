-- One row: the id of the version, if it is new.
INSERT INTO docs (article_id, version, source_id, language, section, at_s, is_newest)
VALUES (:article_id, :version, :source_id, :language, :section, :at_s, 1)
ON CONFLICT DO NOTHING
RETURNING doc_id
