-- One row is one source of $sources ([]: of all) that a run polled: how late its articles were, against its promise.
SELECT *
FROM reports.freshness
WHERE $sources = [] OR list_contains($sources, source)
ORDER BY source;
