-- Forgets the challenges of a host to requests of a kind.
DELETE FROM walls
WHERE
    host = :host
    AND kind = :kind
