-- One row is one version of an article; at_s: epoch seconds of its publication, else of its fetch; language: as en.
CREATE TABLE IF NOT EXISTS docs (
    doc_id INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    language TEXT,
    section TEXT,
    at_s REAL NOT NULL,
    is_newest INTEGER NOT NULL
)
