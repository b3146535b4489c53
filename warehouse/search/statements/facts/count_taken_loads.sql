-- One row: how many loads are in the index, and when the last was made, in epoch seconds.
SELECT
    count(*),
    max(loaded_at)
FROM taken_loads
