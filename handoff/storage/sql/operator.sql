-- name: operators
SELECT operator.*, (
    SELECT count(*) FROM conversation WHERE conversation.operator_id = operator.id
) AS load
FROM operator ORDER BY operator.name, operator.id;

-- name: operator
SELECT operator.*, (
    SELECT count(*) FROM conversation WHERE conversation.operator_id = operator.id
) AS load
FROM operator WHERE id = $1;

-- name: lock_operators
-- In the order of ids, so that two transfers cannot wait for each other.
SELECT id FROM operator WHERE id = ANY($1::text[]) ORDER BY id FOR NO KEY UPDATE;

-- name: operators_by_id
SELECT operator.*, (
    SELECT count(*) FROM conversation WHERE conversation.operator_id = operator.id
) AS load
FROM operator WHERE id = ANY($1::text[]);

-- name: operator_by_login
SELECT operator.*, (
    SELECT count(*) FROM conversation WHERE conversation.operator_id = operator.id
) AS load
FROM operator WHERE login = $1;

-- name: insert_operator
INSERT INTO operator (id, login, name, password_hash, role, skills, languages, capacity, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (login) DO NOTHING RETURNING id;

-- name: update_password_hash
UPDATE operator SET password_hash = $2 WHERE id = $1;

-- name: set_presence
UPDATE operator SET presence = $2, capacity = coalesce($3, capacity) WHERE id = $1;

-- name: touch_operators
-- Locked in the order of ids; a touch that was held up does not put the time back.
WITH connected AS (
    SELECT id FROM operator WHERE id = ANY($1::text[]) ORDER BY id FOR NO KEY UPDATE
)
UPDATE operator SET seen_at = greatest(seen_at, $2)
FROM connected WHERE operator.id = connected.id;

-- name: take_offline
UPDATE operator SET presence = 'offline'
WHERE id = $1 AND (seen_at IS NULL OR seen_at < $2) RETURNING id;

-- name: vanished_operators
SELECT id FROM operator
WHERE (seen_at IS NULL OR seen_at < $1)
  AND (presence <> 'offline'
       OR EXISTS (SELECT 1 FROM conversation WHERE conversation.operator_id = operator.id));

-- name: conversations_of
SELECT id FROM conversation WHERE operator_id = $1 ORDER BY assigned_at, id;

-- name: grow_feed
-- The operator's row stays locked to the end: numbers are in the order of the commits.
WITH grown AS (
    UPDATE operator SET feed = feed + cardinality($3::integer[]) WHERE id = $1 RETURNING feed
)
INSERT INTO feed (operator_id, n, conversation_id, log)
SELECT $1, grown.feed - cardinality($3) + place, $2, log
FROM grown, unnest($3) WITH ORDINALITY AS new (log, place)
RETURNING n;

-- name: feed_heads
SELECT id, feed FROM operator WHERE id = ANY($1::text[]);

-- name: feed_after
SELECT feed.n, event.conversation_id, event.log, event.seq, event.at, event.body
FROM feed JOIN event ON event.conversation_id = feed.conversation_id AND event.log = feed.log
WHERE feed.operator_id = $1 AND feed.n > $2 ORDER BY feed.n LIMIT $3;

-- name: insert_session
INSERT INTO session (token_hash, operator_id, created_at, expires_at) VALUES ($1, $2, $3, $4);

-- name: session_operator
SELECT operator.*, (
    SELECT count(*) FROM conversation WHERE conversation.operator_id = operator.id
) AS load
FROM session JOIN operator ON operator.id = session.operator_id
WHERE token_hash = $1 AND expires_at > $2;

-- name: delete_session
DELETE FROM session WHERE token_hash = $1;

-- name: sign_in_failures
SELECT count(*) FILTER (WHERE login = $1) AS by_login,
       count(*) FILTER (WHERE address = $2) AS by_address,
       min(at) AS oldest
FROM sign_in_failure WHERE (login = $1 OR address = $2) AND at > $3;

-- name: insert_sign_in_failure
INSERT INTO sign_in_failure (login, address, at) VALUES ($1, $2, $3);

-- name: delete_sign_in_failures
DELETE FROM sign_in_failure WHERE login = $1 AND address = $2;

-- name: forget_old_sign_in_failures
DELETE FROM sign_in_failure WHERE at < $1;

-- name: forget_old_sessions
DELETE FROM session WHERE expires_at < $1;
