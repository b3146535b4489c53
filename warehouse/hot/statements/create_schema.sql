-- The hot state of all machines, beside the catalog of their warehouse.
CREATE SCHEMA IF NOT EXISTS newsdesk_hot
