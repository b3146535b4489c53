-- One row is one version of the wrapper of a source, in its trusted state.
SELECT *
FROM ops.wrappers
WHERE
    source = $source
    AND version = $version
    AND state = 'trusted';
