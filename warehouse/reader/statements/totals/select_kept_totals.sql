-- One row: the numbers of rows that the warehouse held when the reader file was written.
SELECT *
FROM kept.totals;
