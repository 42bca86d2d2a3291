-- +goose Up
-- The tables of migrations/sqlite, one for one. Numbers without gaps come from functions instead of sequences: whoever writes them holds the
-- one lock of writers (see database.go), so they are given in the order in which transactions become visible.
CREATE TABLE request (
    id          TEXT COLLATE "C" PRIMARY KEY,
    kind        TEXT COLLATE "C" NOT NULL,
    state       TEXT COLLATE "C" NOT NULL,
    revision    BIGINT NOT NULL DEFAULT 0, -- last one with a receipt
    note        TEXT COLLATE "C" NOT NULL DEFAULT '',
    changed_at  TEXT COLLATE "C" NOT NULL,
    number      TEXT COLLATE "C" NOT NULL DEFAULT '',   -- of the last receipt
    firm_name   TEXT COLLATE "C" NOT NULL,
    credit_code TEXT COLLATE "C" NOT NULL,
    region      TEXT COLLATE "C" NOT NULL,
    title       TEXT COLLATE "C" NOT NULL,
    amount_fen  BIGINT,                    -- NULL: the request states no sum
    level       TEXT COLLATE "C" NOT NULL
);
CREATE INDEX request_changed ON request (changed_at DESC, id);

CREATE TABLE revision (
    request_id   TEXT COLLATE "C" NOT NULL REFERENCES request (id),
    n            BIGINT NOT NULL,
    base         BIGINT NOT NULL,
    manifest     BYTEA NOT NULL,
    sha256       TEXT COLLATE "C" NOT NULL,
    device_id    TEXT COLLATE "C" NOT NULL,
    announced_at TEXT COLLATE "C" NOT NULL,
    UNIQUE (request_id, n)
);

CREATE TABLE slot (
    request_id TEXT COLLATE "C" NOT NULL,
    n          BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    sha256     TEXT COLLATE "C" NOT NULL,
    size       BIGINT NOT NULL,
    PRIMARY KEY (request_id, n, position),
    FOREIGN KEY (request_id, n) REFERENCES revision (request_id, n)
);
CREATE INDEX slot_sha256 ON slot (sha256);

CREATE TABLE device (
    id          TEXT COLLATE "C" PRIMARY KEY,
    name        TEXT COLLATE "C" NOT NULL,
    secret_hash BYTEA NOT NULL,
    enrolled_at TEXT COLLATE "C" NOT NULL,
    revoked_at  TEXT COLLATE "C" NOT NULL DEFAULT ''
);

-- Who may see a request: the device that first announced it and those that later announced the same bytes.
CREATE TABLE holder (
    request_id TEXT COLLATE "C" NOT NULL REFERENCES request (id),
    device_id  TEXT COLLATE "C" NOT NULL REFERENCES device (id),
    PRIMARY KEY (request_id, device_id)
);

CREATE TABLE blob (
    sha256    TEXT COLLATE "C" PRIMARY KEY,
    size      BIGINT NOT NULL,
    stored_at TEXT COLLATE "C" NOT NULL
);

-- Who has shown that it has a blob: naming a digest alone gives no right to the bytes.
CREATE TABLE held (
    device_id TEXT COLLATE "C" NOT NULL REFERENCES device (id),
    sha256    TEXT COLLATE "C" NOT NULL REFERENCES blob (sha256),
    PRIMARY KEY (device_id, sha256)
);

CREATE TABLE receipt (
    seq         BIGINT PRIMARY KEY, -- DEFAULT next_receipt(), below
    request_id  TEXT COLLATE "C" NOT NULL,
    n           BIGINT NOT NULL,
    received_at TEXT COLLATE "C" NOT NULL,
    body        TEXT COLLATE "C" NOT NULL,
    UNIQUE (request_id, n),
    FOREIGN KEY (request_id, n) REFERENCES revision (request_id, n)
);

CREATE TABLE enrol_code (
    hash       TEXT COLLATE "C" PRIMARY KEY,
    made_at    TEXT COLLATE "C" NOT NULL,
    expires_at TEXT COLLATE "C" NOT NULL,
    device_id  TEXT COLLATE "C" NOT NULL DEFAULT '',
    used_at    TEXT COLLATE "C" NOT NULL DEFAULT ''
);

CREATE TABLE audit (
    seq        BIGINT PRIMARY KEY, -- DEFAULT next_audit(), below
    at         TEXT COLLATE "C" NOT NULL,
    actor      TEXT COLLATE "C" NOT NULL,
    verb       TEXT COLLATE "C" NOT NULL,
    request_id TEXT COLLATE "C" NOT NULL,
    n          BIGINT NOT NULL,
    detail     TEXT COLLATE "C" NOT NULL,
    hash       TEXT COLLATE "C" NOT NULL -- SHA-256 over the hash before and this row
);

CREATE TABLE setting (
    name  TEXT COLLATE "C" PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);

CREATE FUNCTION next_receipt() RETURNS BIGINT LANGUAGE sql AS 'SELECT coalesce(max(seq), 0) + 1 FROM receipt';
ALTER TABLE receipt ALTER COLUMN seq SET DEFAULT next_receipt();
CREATE FUNCTION next_audit() RETURNS BIGINT LANGUAGE sql AS 'SELECT coalesce(max(seq), 0) + 1 FROM audit';
ALTER TABLE audit ALTER COLUMN seq SET DEFAULT next_audit();
