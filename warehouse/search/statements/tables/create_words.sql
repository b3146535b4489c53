-- One row is the terms of one version. The table keeps no text of its own: a row is deleted with the terms that it had.
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    title,
    body,
    stems,
    content = '',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
)
