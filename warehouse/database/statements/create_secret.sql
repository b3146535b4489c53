-- No row: how this instance reaches objects; the values stay in its memory.
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
