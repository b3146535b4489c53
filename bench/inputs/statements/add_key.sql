-- The key that ON CONFLICT needs.
ALTER TABLE article_versions ADD PRIMARY KEY (article_id, version);
