-- One row is one version of the wrapper of a source, as it was when it was used alone.
SELECT *
FROM ops.wrappers
WHERE
    source = $source
    AND version = $version
    AND state = 'trusted';
