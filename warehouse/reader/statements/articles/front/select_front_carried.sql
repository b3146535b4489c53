-- One row is one source that carries texts of another, over all time; most texts first.
SELECT
    first_source,
    carried_by,
    texts,
    median_delay_s,
    agencies
FROM reports.syndication
ORDER BY texts DESC, first_source, carried_by;
