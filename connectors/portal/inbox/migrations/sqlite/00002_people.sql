-- +goose Up
ALTER TABLE request ADD COLUMN version INTEGER NOT NULL DEFAULT 0;      -- counts every change: the entity tag of decisions
ALTER TABLE request ADD COLUMN received_at TEXT NOT NULL DEFAULT '';    -- of the last receipt
ALTER TABLE request ADD COLUMN first_at TEXT NOT NULL DEFAULT '';       -- of the first receipt
ALTER TABLE request ADD COLUMN decided_at TEXT NOT NULL DEFAULT '';     -- of the last accept, return, reject
ALTER TABLE request ADD COLUMN returns INTEGER NOT NULL DEFAULT 0;      -- how often it was returned
ALTER TABLE request ADD COLUMN assignee TEXT NOT NULL DEFAULT '';       -- login of an account
ALTER TABLE request ADD COLUMN operator TEXT NOT NULL DEFAULT '';       -- id of the platform operator that an onboarding request is for
ALTER TABLE request ADD COLUMN vendor TEXT NOT NULL DEFAULT '';         -- the vendor that the document's offers name
ALTER TABLE request ADD COLUMN step TEXT NOT NULL DEFAULT '';           -- of the operator's last answer
ALTER TABLE request ADD COLUMN source TEXT NOT NULL DEFAULT 'line';     -- line or parcel: how the last revision came
ALTER TABLE request ADD COLUMN suspect INTEGER NOT NULL DEFAULT 0;      -- 1: came from a device after it was lost
ALTER TABLE request ADD COLUMN score TEXT NOT NULL DEFAULT '';          -- decimal, as the document says
ALTER TABLE request ADD COLUMN clause TEXT NOT NULL DEFAULT '';         -- of the measure it is filed under
CREATE INDEX request_state ON request (state, changed_at DESC);
CREATE INDEX request_operator ON request (operator, changed_at DESC);

ALTER TABLE device ADD COLUMN public_key BLOB;                          -- Ed25519; NULL for a device that has a secret
ALTER TABLE device ADD COLUMN account TEXT NOT NULL DEFAULT '';         -- login of its owner or adviser
ALTER TABLE device ADD COLUMN person TEXT NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN lost_since TEXT NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN seen_at TEXT NOT NULL DEFAULT '';         -- day of the last call
ALTER TABLE enrol_code ADD COLUMN account TEXT NOT NULL DEFAULT '';
ALTER TABLE enrol_code ADD COLUMN person TEXT NOT NULL DEFAULT '';

-- The feed: one row per change of a request, in the order of this number and of nothing else.
CREATE TABLE change (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    at         TEXT NOT NULL,
    request_id TEXT NOT NULL REFERENCES request (id),
    n          INTEGER NOT NULL,
    type       TEXT NOT NULL,
    state      TEXT NOT NULL
) STRICT;
CREATE INDEX change_request ON change (request_id, seq);

CREATE TABLE decision (
    seq        INTEGER PRIMARY KEY REFERENCES change (seq),
    request_id TEXT NOT NULL REFERENCES request (id),
    n          INTEGER NOT NULL,
    event      TEXT NOT NULL,
    actor      TEXT NOT NULL,
    second     TEXT NOT NULL DEFAULT '', -- who confirmed
    at         TEXT NOT NULL,
    body       TEXT NOT NULL             -- signed
) STRICT;
CREATE INDEX decision_request ON decision (request_id, seq);

-- A decision that waits for the second person.
CREATE TABLE proposal (
    request_id TEXT PRIMARY KEY REFERENCES request (id),
    n          INTEGER NOT NULL,
    event      TEXT NOT NULL,
    actor      TEXT NOT NULL,
    at         TEXT NOT NULL,
    reasons    TEXT NOT NULL,
    note       TEXT NOT NULL
) STRICT;

-- Which papers of a revision somebody has checked.
CREATE TABLE checked (
    request_id TEXT NOT NULL,
    n          INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    at         TEXT NOT NULL,
    PRIMARY KEY (request_id, n, position),
    FOREIGN KEY (request_id, n) REFERENCES revision (request_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
    seq        INTEGER PRIMARY KEY REFERENCES change (seq),
    request_id TEXT NOT NULL REFERENCES request (id),
    n          INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    at         TEXT NOT NULL,
    body       TEXT NOT NULL             -- signed
) STRICT;
CREATE INDEX answer_request ON answer (request_id, seq);
CREATE TABLE answer_file (
    seq      INTEGER NOT NULL REFERENCES answer (seq),
    position INTEGER NOT NULL,
    sha256   TEXT NOT NULL REFERENCES blob (sha256),
    PRIMARY KEY (seq, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_file_sha256 ON answer_file (sha256);

CREATE TABLE operator (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    vendors  TEXT NOT NULL,              -- as offers name them, one a line
    made_at  TEXT NOT NULL,
    ended_at TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE account (
    login        TEXT PRIMARY KEY,       -- lower case
    name         TEXT NOT NULL,
    role         TEXT NOT NULL,
    operator     TEXT NOT NULL DEFAULT '',
    password     TEXT NOT NULL DEFAULT '', -- Argon2id; '' for none
    subject      TEXT NOT NULL DEFAULT '', -- issuer and subject of OIDC, bound at the first log-in
    failures     INTEGER NOT NULL DEFAULT 0,
    locked_until TEXT NOT NULL DEFAULT '',
    made_at      TEXT NOT NULL,
    ended_at     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX account_subject ON account (subject) WHERE subject <> '';

CREATE TABLE session (
    hash    TEXT PRIMARY KEY,
    login   TEXT NOT NULL REFERENCES account (login),
    made_at TEXT NOT NULL,
    until   TEXT NOT NULL
) STRICT;

-- Keys for programs: an operator's system, an office's system.
CREATE TABLE access_key (
    id       TEXT PRIMARY KEY,
    hash     TEXT NOT NULL,
    login    TEXT NOT NULL REFERENCES account (login),
    name     TEXT NOT NULL,
    made_at  TEXT NOT NULL,
    ended_at TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE upload (
    id        TEXT PRIMARY KEY,
    device_id TEXT NOT NULL REFERENCES device (id),
    sha256    TEXT NOT NULL,
    size      INTEGER NOT NULL,
    made_at   TEXT NOT NULL
) STRICT;

CREATE TABLE batch (
    id      TEXT PRIMARY KEY,            -- 2026-0001
    made_at TEXT NOT NULL,
    actor   TEXT NOT NULL
) STRICT;
CREATE TABLE batch_item (
    batch_id   TEXT NOT NULL REFERENCES batch (id),
    position   INTEGER NOT NULL,
    request_id TEXT NOT NULL,
    n          INTEGER NOT NULL,
    PRIMARY KEY (batch_id, request_id),
    FOREIGN KEY (request_id, n) REFERENCES revision (request_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE hook (
    id       TEXT PRIMARY KEY,
    operator TEXT NOT NULL DEFAULT '',   -- '': of the office, sees everything
    url      TEXT NOT NULL,
    secret   TEXT NOT NULL,              -- of the HMAC
    made_at  TEXT NOT NULL,
    ended_at TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE delivery (
    hook_id  TEXT NOT NULL REFERENCES hook (id),
    seq      INTEGER NOT NULL REFERENCES change (seq),
    state    TEXT NOT NULL,              -- waiting, done or dead
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at  TEXT NOT NULL,
    problem  TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (hook_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_due ON delivery (state, next_at);
