-- No row: gives this DuckDB instance the credentials of the object store; they stay in its memory.
CREATE OR REPLACE SECRET store (
    TYPE s3,
    KEY_ID $key_id,
    SECRET $secret,
    SESSION_TOKEN $token,
    REGION $region,
    ENDPOINT $endpoint,
    URL_STYLE $url_style,
    USE_SSL $is_tls
);
