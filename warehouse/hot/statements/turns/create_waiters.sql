-- One row is one holder's place in the queue of a domain, kept until back_at (epoch seconds).
CREATE TABLE IF NOT EXISTS waiters (
    domain TEXT,
    holder TEXT,
    asked_at DOUBLE PRECISION NOT NULL,
    back_at DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (domain, holder)
)
