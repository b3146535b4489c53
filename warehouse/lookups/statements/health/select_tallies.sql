-- One row is one tally that is not learnt yet of a source in `arriving` (source, and since when), oldest first.
SELECT tallies.*
FROM ops.tallies AS tallies
JOIN arriving ON arriving.source = tallies.source
WHERE
    tallies.at_utc >= arriving.since
    AND tallies.at_utc <= $until
ORDER BY tallies.at_utc, tallies.run_id;
