-- One row is what is shown of one version: JSON, compressed.
CREATE TABLE IF NOT EXISTS texts (
    doc_id INTEGER PRIMARY KEY,
    packed BLOB NOT NULL
)
