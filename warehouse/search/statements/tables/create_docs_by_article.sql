-- A version of an article is in the index once.
CREATE UNIQUE INDEX IF NOT EXISTS docs_by_article ON docs (article_id, version)
