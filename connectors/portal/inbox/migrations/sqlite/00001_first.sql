-- +goose Up
CREATE TABLE request (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    state       TEXT NOT NULL,
    revision    INTEGER NOT NULL DEFAULT 0, -- last one with a receipt
    note        TEXT NOT NULL DEFAULT '',
    changed_at  TEXT NOT NULL,
    number      TEXT NOT NULL DEFAULT '',   -- of the last receipt
    firm_name   TEXT NOT NULL,
    credit_code TEXT NOT NULL,
    region      TEXT NOT NULL,
    title       TEXT NOT NULL,
    amount_fen  INTEGER,                    -- NULL: the request states no sum
    level       TEXT NOT NULL
) STRICT;
CREATE INDEX request_changed ON request (changed_at DESC, id);

CREATE TABLE revision (
    request_id   TEXT NOT NULL REFERENCES request (id),
    n            INTEGER NOT NULL,
    base         INTEGER NOT NULL,
    manifest     BLOB NOT NULL,
    sha256       TEXT NOT NULL,
    device_id    TEXT NOT NULL,
    announced_at TEXT NOT NULL,
    UNIQUE (request_id, n)
) STRICT;

CREATE TABLE slot (
    request_id TEXT NOT NULL,
    n          INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    sha256     TEXT NOT NULL,
    size       INTEGER NOT NULL,
    PRIMARY KEY (request_id, n, position),
    FOREIGN KEY (request_id, n) REFERENCES revision (request_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX slot_sha256 ON slot (sha256);

CREATE TABLE device (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    secret_hash BLOB NOT NULL,
    enrolled_at TEXT NOT NULL,
    revoked_at  TEXT NOT NULL DEFAULT ''
) STRICT;

-- Who may see a request: the device that first announced it and those that later announced the same bytes.
CREATE TABLE holder (
    request_id TEXT NOT NULL REFERENCES request (id),
    device_id  TEXT NOT NULL REFERENCES device (id),
    PRIMARY KEY (request_id, device_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE blob (
    sha256    TEXT PRIMARY KEY,
    size      INTEGER NOT NULL,
    stored_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who has shown that it has a blob: naming a digest alone gives no right to the bytes.
CREATE TABLE held (
    device_id TEXT NOT NULL REFERENCES device (id),
    sha256    TEXT NOT NULL REFERENCES blob (sha256),
    PRIMARY KEY (device_id, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id  TEXT NOT NULL,
    n           INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    body        TEXT NOT NULL,
    UNIQUE (request_id, n),
    FOREIGN KEY (request_id, n) REFERENCES revision (request_id, n)
) STRICT;

CREATE TABLE enrol_code (
    hash       TEXT PRIMARY KEY,
    made_at    TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    device_id  TEXT NOT NULL DEFAULT '',
    used_at    TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE audit (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    at         TEXT NOT NULL,
    actor      TEXT NOT NULL,
    verb       TEXT NOT NULL,
    request_id TEXT NOT NULL,
    n          INTEGER NOT NULL,
    detail     TEXT NOT NULL,
    hash       TEXT NOT NULL -- SHA-256 over the hash before and this row
) STRICT;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
