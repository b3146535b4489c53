-- One row is one host and kind of request: so many challenges in a row, and no such request until `until` (epoch
-- seconds).
CREATE TABLE IF NOT EXISTS walls (
    host TEXT NOT NULL,
    kind TEXT NOT NULL,
    in_row BIGINT NOT NULL,
    until DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (host, kind)
)
