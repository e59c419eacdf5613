"""Subscribers, conversations, their log, turns of the bot, operators."""

from alembic import op

revision = "0001"
down_revision = None

_TABLES = """
CREATE TABLE subscriber (
    id text PRIMARY KEY,
    channel text NOT NULL,
    account text NOT NULL,
    external_id text NOT NULL,
    name text,
    number text,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (channel, account, external_id)
);

CREATE TABLE operator (
    id text PRIMARY KEY,
    login text NOT NULL UNIQUE,
    name text NOT NULL,
    password_hash text NOT NULL,
    role text NOT NULL,
    skills text[] NOT NULL DEFAULT '{}',
    languages text[] NOT NULL DEFAULT '{}',
    capacity integer NOT NULL DEFAULT 5 CHECK (capacity BETWEEN 1 AND 50),
    presence text NOT NULL DEFAULT 'offline',
    seen_at timestamptz,
    feed bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL
);

CREATE TABLE conversation (
    id text PRIMARY KEY,
    subscriber_id text NOT NULL REFERENCES subscriber,
    ordinal integer NOT NULL,
    channel text NOT NULL,
    language text NOT NULL,
    state text NOT NULL,
    log integer NOT NULL DEFAULT 0,
    seq integer NOT NULL DEFAULT 0,
    read_seq integer NOT NULL DEFAULT 0,
    operator_id text REFERENCES operator,
    last_operator_id text REFERENCES operator,
    reason text,
    skill text,
    priority integer NOT NULL DEFAULT 0,
    opened_at timestamptz NOT NULL,
    queued_at timestamptz,
    assigned_at timestamptz,
    released_at timestamptz,
    closed_at timestamptz,
    disposition text,
    score integer,
    intent text,
    confidence double precision,
    request text,
    preview text,
    page jsonb,
    UNIQUE (subscriber_id, ordinal),
    CHECK ((state = 'assigned') = (operator_id IS NOT NULL)),
    CHECK (state <> 'queued' OR queued_at IS NOT NULL)
);
CREATE INDEX conversation_queue ON conversation (priority DESC, queued_at, id)
    WHERE state = 'queued';
CREATE INDEX conversation_operator ON conversation (operator_id) WHERE operator_id IS NOT NULL;
CREATE INDEX conversation_released ON conversation (released_at) WHERE released_at IS NOT NULL;
CREATE INDEX conversation_assigned ON conversation (assigned_at) WHERE assigned_at IS NOT NULL;
CREATE INDEX conversation_opened ON conversation (opened_at DESC, id DESC);

CREATE TABLE event (
    conversation_id text NOT NULL REFERENCES conversation,
    log integer NOT NULL,
    seq integer,
    at timestamptz NOT NULL,
    body jsonb NOT NULL,
    key text,
    PRIMARY KEY (conversation_id, log)
);
CREATE UNIQUE INDEX event_seq ON event (conversation_id, seq) WHERE seq IS NOT NULL;
CREATE UNIQUE INDEX event_key ON event (key) WHERE key IS NOT NULL;

CREATE TABLE feed (
    operator_id text NOT NULL REFERENCES operator,
    n bigint NOT NULL,
    conversation_id text NOT NULL,
    log integer NOT NULL,
    PRIMARY KEY (operator_id, n),
    FOREIGN KEY (conversation_id, log) REFERENCES event
);

CREATE TABLE turn (
    conversation_id text NOT NULL,
    log integer NOT NULL,
    done boolean NOT NULL DEFAULT false,
    lease text,
    leased_until timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    PRIMARY KEY (conversation_id, log),
    FOREIGN KEY (conversation_id, log) REFERENCES event
);
CREATE INDEX turn_due ON turn (conversation_id, log) WHERE NOT done;

CREATE TABLE session (
    token_hash text PRIMARY KEY,
    operator_id text NOT NULL REFERENCES operator,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE TABLE sign_in_failure (
    login text NOT NULL,
    address text NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX sign_in_failure_login ON sign_in_failure (login, at);
CREATE INDEX sign_in_failure_address ON sign_in_failure (address, at);
"""


def upgrade() -> None:
    """Apply."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute(
        "DROP TABLE sign_in_failure, session, turn, feed, event, conversation, operator, subscriber"
    )
