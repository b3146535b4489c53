-- One row is one run that begins.
INSERT INTO runs (run_id, flow, runner, host, machine, process, started_at, seen_at, orchestrated_as)
VALUES (:run_id, :flow, :runner, :host, :machine, :process, :started_at, :seen_at, :orchestrated_as)
