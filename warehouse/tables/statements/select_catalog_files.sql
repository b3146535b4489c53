-- One row is the name of one file that a snapshot of the catalog (SQLite) needs.
SELECT path FROM ducklake_data_file
UNION
SELECT path FROM ducklake_delete_file
