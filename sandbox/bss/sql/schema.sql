-- The schema `bss`: everything the sandbox keeps. Run at every start; changes nothing that is there.
CREATE SCHEMA IF NOT EXISTS bss;

CREATE SEQUENCE IF NOT EXISTS bss.serial START 100001;
CREATE SEQUENCE IF NOT EXISTS bss.ticket_number START 10024;

CREATE TABLE IF NOT EXISTS bss.subscriber (
    number text PRIMARY KEY,
    customer text NOT NULL,
    is_contract boolean NOT NULL,
    -- What a promised payment still has to be repaid of.
    owed numeric(14, 2) NOT NULL DEFAULT 0 CHECK (owed >= 0)
);

CREATE TABLE IF NOT EXISTS bss.bucket (
    id text PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY,
    number text NOT NULL REFERENCES bss.subscriber,
    shared text[] NOT NULL DEFAULT '{}',
    usage_type text NOT NULL,
    name text NOT NULL,
    units text NOT NULL,
    started numeric(14, 2),
    -- NULL has no end.
    remaining numeric(14, 2),
    -- How far below zero a contract's account may go.
    lowest numeric(14, 2) NOT NULL DEFAULT 0,
    status text NOT NULL DEFAULT 'active',
    source text,
    starts timestamptz NOT NULL,
    ends timestamptz,
    CHECK (remaining >= lowest)
);
CREATE INDEX IF NOT EXISTS bucket_of_number ON bss.bucket (number);

-- Resources that are kept and read whole. `key` is what a second call is known by.
CREATE TABLE IF NOT EXISTS bss.document (
    kind text NOT NULL,
    id text NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    key text,
    numbers text[] NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (kind, id),
    UNIQUE (kind, key)
);
CREATE INDEX IF NOT EXISTS document_of_number ON bss.document USING gin (numbers);

CREATE TABLE IF NOT EXISTS bss.product_order (
    id text PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY,
    key text UNIQUE,
    body text NOT NULL,
    ordered_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    -- NULL until it is due and carried out.
    outcome text,
    note text
);
CREATE INDEX IF NOT EXISTS product_order_to_do ON bss.product_order (due_at) WHERE outcome IS NULL;

CREATE TABLE IF NOT EXISTS bss.message (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    number text NOT NULL,
    text text NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS message_of_number ON bss.message (number, position);

CREATE TABLE IF NOT EXISTS bss.seeding (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    at timestamptz NOT NULL
);
