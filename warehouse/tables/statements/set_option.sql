-- No row: changes a setting of the lake.
CALL ducklake_set_option('lake', $name, $value);
