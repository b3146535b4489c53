-- One row is one message of one route: that an incident opened, or that it is over. Texts of times are ISO 8601 in UTC;
-- the others are epoch seconds.
CREATE TABLE IF NOT EXISTS alerts (
    route TEXT,
    incident_id TEXT,
    phase TEXT,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    source TEXT,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    why TEXT,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    error TEXT,
    made_at TEXT NOT NULL,
    due_at DOUBLE PRECISION NOT NULL,
    ended_at TEXT,
    claimed_until DOUBLE PRECISION NOT NULL,
    is_recorded INTEGER NOT NULL,
    PRIMARY KEY (route, incident_id, phase)
)
