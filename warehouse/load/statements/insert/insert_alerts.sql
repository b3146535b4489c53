-- Inserts messages of alerts that ended; one that is there stays as it is. One row: the number inserted.
INSERT INTO ops.alerts BY NAME
SELECT arriving.*
FROM arriving
ANTI JOIN ops.alerts AS stored
    ON stored.route = arriving.route
    AND stored.incident_id = arriving.incident_id
    AND stored.phase = arriving.phase
