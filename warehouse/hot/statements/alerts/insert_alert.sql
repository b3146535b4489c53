-- Makes one message. One row if it was made; none: another process made it before.
INSERT INTO alerts (
    route, incident_id, phase, kind, severity, source, code, message, opened_at, closed_at, why, state, attempts, error,
    made_at, due_at, ended_at, claimed_until, is_recorded
)
VALUES (
    :route, :incident_id, :phase, :kind, :severity, :source, :code, :message, :opened_at, :closed_at, :why, :state,
    :attempts, :error, :made_at, :due_at, :ended_at, 0, 0
)
ON CONFLICT (route, incident_id, phase) DO NOTHING
RETURNING route
