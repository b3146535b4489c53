-- One row is one source.
CREATE TABLE IF NOT EXISTS index_sources (
    source_id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE
)
