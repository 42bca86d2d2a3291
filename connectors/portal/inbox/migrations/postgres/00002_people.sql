-- +goose Up
ALTER TABLE request ADD COLUMN version BIGINT NOT NULL DEFAULT 0;      -- counts every change: the entity tag of decisions
ALTER TABLE request ADD COLUMN received_at TEXT COLLATE "C" NOT NULL DEFAULT '';    -- of the last receipt
ALTER TABLE request ADD COLUMN first_at TEXT COLLATE "C" NOT NULL DEFAULT '';       -- of the first receipt
ALTER TABLE request ADD COLUMN decided_at TEXT COLLATE "C" NOT NULL DEFAULT '';     -- of the last accept, return, reject
ALTER TABLE request ADD COLUMN returns BIGINT NOT NULL DEFAULT 0;      -- how often it was returned
ALTER TABLE request ADD COLUMN assignee TEXT COLLATE "C" NOT NULL DEFAULT '';       -- login of an account
ALTER TABLE request ADD COLUMN operator TEXT COLLATE "C" NOT NULL DEFAULT '';       -- id of the platform operator that an onboarding request is for
ALTER TABLE request ADD COLUMN vendor TEXT COLLATE "C" NOT NULL DEFAULT '';         -- the vendor that the document's offers name
ALTER TABLE request ADD COLUMN step TEXT COLLATE "C" NOT NULL DEFAULT '';           -- of the operator's last answer
ALTER TABLE request ADD COLUMN source TEXT COLLATE "C" NOT NULL DEFAULT 'line';     -- line or parcel: how the last revision came
ALTER TABLE request ADD COLUMN suspect BIGINT NOT NULL DEFAULT 0;      -- 1: came from a device after it was lost
ALTER TABLE request ADD COLUMN score TEXT COLLATE "C" NOT NULL DEFAULT '';          -- decimal, as the document says
ALTER TABLE request ADD COLUMN clause TEXT COLLATE "C" NOT NULL DEFAULT '';         -- of the measure it is filed under
CREATE INDEX request_state ON request (state, changed_at DESC);
CREATE INDEX request_operator ON request (operator, changed_at DESC);

ALTER TABLE device ADD COLUMN public_key BYTEA;                          -- Ed25519; NULL for a device that has a secret
ALTER TABLE device ADD COLUMN account TEXT COLLATE "C" NOT NULL DEFAULT '';         -- login of its owner or adviser
ALTER TABLE device ADD COLUMN person TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN lost_since TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN seen_at TEXT COLLATE "C" NOT NULL DEFAULT '';         -- day of the last call
ALTER TABLE enrol_code ADD COLUMN account TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE enrol_code ADD COLUMN person TEXT COLLATE "C" NOT NULL DEFAULT '';

-- The feed: one row per change of a request, in the order of this number and of nothing else.
CREATE TABLE change (
    seq        BIGINT PRIMARY KEY,
    at         TEXT COLLATE "C" NOT NULL,
    request_id TEXT COLLATE "C" NOT NULL REFERENCES request (id),
    n          BIGINT NOT NULL,
    type       TEXT COLLATE "C" NOT NULL,
    state      TEXT COLLATE "C" NOT NULL
);
CREATE FUNCTION next_change() RETURNS BIGINT LANGUAGE sql AS 'SELECT coalesce(max(seq), 0) + 1 FROM change';
ALTER TABLE change ALTER COLUMN seq SET DEFAULT next_change();
CREATE INDEX change_request ON change (request_id, seq);

CREATE TABLE decision (
    seq        BIGINT PRIMARY KEY REFERENCES change (seq),
    request_id TEXT COLLATE "C" NOT NULL REFERENCES request (id),
    n          BIGINT NOT NULL,
    event      TEXT COLLATE "C" NOT NULL,
    actor      TEXT COLLATE "C" NOT NULL,
    second     TEXT COLLATE "C" NOT NULL DEFAULT '', -- who confirmed
    at         TEXT COLLATE "C" NOT NULL,
    body       TEXT COLLATE "C" NOT NULL             -- signed
);
CREATE INDEX decision_request ON decision (request_id, seq);

-- A decision that waits for the second person.
CREATE TABLE proposal (
    request_id TEXT COLLATE "C" PRIMARY KEY REFERENCES request (id),
    n          BIGINT NOT NULL,
    event      TEXT COLLATE "C" NOT NULL,
    actor      TEXT COLLATE "C" NOT NULL,
    at         TEXT COLLATE "C" NOT NULL,
    reasons    TEXT COLLATE "C" NOT NULL,
    note       TEXT COLLATE "C" NOT NULL
);

-- Which papers of a revision somebody has checked.
CREATE TABLE checked (
    request_id TEXT COLLATE "C" NOT NULL,
    n          BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    actor      TEXT COLLATE "C" NOT NULL,
    at         TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (request_id, n, position),
    FOREIGN KEY (request_id, n) REFERENCES revision (request_id, n)
);

CREATE TABLE answer (
    seq        BIGINT PRIMARY KEY REFERENCES change (seq),
    request_id TEXT COLLATE "C" NOT NULL REFERENCES request (id),
    n          BIGINT NOT NULL,
    actor      TEXT COLLATE "C" NOT NULL,
    at         TEXT COLLATE "C" NOT NULL,
    body       TEXT COLLATE "C" NOT NULL             -- signed
);
CREATE INDEX answer_request ON answer (request_id, seq);
CREATE TABLE answer_file (
    seq      BIGINT NOT NULL REFERENCES answer (seq),
    position BIGINT NOT NULL,
    sha256   TEXT COLLATE "C" NOT NULL REFERENCES blob (sha256),
    PRIMARY KEY (seq, position)
);
CREATE INDEX answer_file_sha256 ON answer_file (sha256);

CREATE TABLE operator (
    id       TEXT COLLATE "C" PRIMARY KEY,
    name     TEXT COLLATE "C" NOT NULL,
    vendors  TEXT COLLATE "C" NOT NULL,              -- as offers name them, one a line
    made_at  TEXT COLLATE "C" NOT NULL,
    ended_at TEXT COLLATE "C" NOT NULL DEFAULT ''
);

CREATE TABLE account (
    login        TEXT COLLATE "C" PRIMARY KEY,       -- lower case
    name         TEXT COLLATE "C" NOT NULL,
    role         TEXT COLLATE "C" NOT NULL,
    operator     TEXT COLLATE "C" NOT NULL DEFAULT '',
    password     TEXT COLLATE "C" NOT NULL DEFAULT '', -- Argon2id; '' for none
    subject      TEXT COLLATE "C" NOT NULL DEFAULT '', -- issuer and subject of OIDC, bound at the first log-in
    failures     BIGINT NOT NULL DEFAULT 0,
    locked_until TEXT COLLATE "C" NOT NULL DEFAULT '',
    made_at      TEXT COLLATE "C" NOT NULL,
    ended_at     TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX account_subject ON account (subject) WHERE subject <> '';

CREATE TABLE session (
    hash    TEXT COLLATE "C" PRIMARY KEY,
    login   TEXT COLLATE "C" NOT NULL REFERENCES account (login),
    made_at TEXT COLLATE "C" NOT NULL,
    until   TEXT COLLATE "C" NOT NULL
);

-- Keys for programs: an operator's system, an office's system.
CREATE TABLE access_key (
    id       TEXT COLLATE "C" PRIMARY KEY,
    hash     TEXT COLLATE "C" NOT NULL,
    login    TEXT COLLATE "C" NOT NULL REFERENCES account (login),
    name     TEXT COLLATE "C" NOT NULL,
    made_at  TEXT COLLATE "C" NOT NULL,
    ended_at TEXT COLLATE "C" NOT NULL DEFAULT ''
);

CREATE TABLE upload (
    id        TEXT COLLATE "C" PRIMARY KEY,
    device_id TEXT COLLATE "C" NOT NULL REFERENCES device (id),
    sha256    TEXT COLLATE "C" NOT NULL,
    size      BIGINT NOT NULL,
    made_at   TEXT COLLATE "C" NOT NULL
);

CREATE TABLE batch (
    id      TEXT COLLATE "C" PRIMARY KEY,            -- 2026-0001
    made_at TEXT COLLATE "C" NOT NULL,
    actor   TEXT COLLATE "C" NOT NULL
);
CREATE TABLE batch_item (
    batch_id   TEXT COLLATE "C" NOT NULL REFERENCES batch (id),
    position   BIGINT NOT NULL,
    request_id TEXT COLLATE "C" NOT NULL,
    n          BIGINT NOT NULL,
    PRIMARY KEY (batch_id, request_id),
    FOREIGN KEY (request_id, n) REFERENCES revision (request_id, n)
);

CREATE TABLE hook (
    id       TEXT COLLATE "C" PRIMARY KEY,
    operator TEXT COLLATE "C" NOT NULL DEFAULT '',   -- '': of the office, sees everything
    url      TEXT COLLATE "C" NOT NULL,
    secret   TEXT COLLATE "C" NOT NULL,              -- of the HMAC
    made_at  TEXT COLLATE "C" NOT NULL,
    ended_at TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE TABLE delivery (
    hook_id  TEXT COLLATE "C" NOT NULL REFERENCES hook (id),
    seq      BIGINT NOT NULL REFERENCES change (seq),
    state    TEXT COLLATE "C" NOT NULL,              -- waiting, done or dead
    attempts BIGINT NOT NULL DEFAULT 0,
    next_at  TEXT COLLATE "C" NOT NULL,
    problem  TEXT COLLATE "C" NOT NULL DEFAULT '',
    PRIMARY KEY (hook_id, seq)
);
CREATE INDEX delivery_due ON delivery (state, next_at);
