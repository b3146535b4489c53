-- The one row says up to when articles are tallied (NULL: none is).
SELECT max(at_utc) AS tallied_until
FROM ops.tallies;
