-- name: add_subscriber
-- Without a target: two first messages at once may meet on either of the table's unique keys.
INSERT INTO subscriber (id, channel, account, external_id)
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING;

-- name: touch_subscriber
-- An update of nothing still locks the row, so that one subscriber's messages are taken in turn.
UPDATE subscriber SET name = coalesce($2, name), number = coalesce($3, number)
WHERE id = $1;

-- name: insert_conversation
INSERT INTO conversation (id, subscriber_id, ordinal, channel, language, state, opened_at, page)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: lock_conversation
SELECT * FROM conversation WHERE id = $1 FOR NO KEY UPDATE;

-- name: lock_current_conversation
SELECT * FROM conversation WHERE subscriber_id = $1 ORDER BY ordinal DESC LIMIT 1
FOR NO KEY UPDATE;

-- name: latest_conversation
SELECT * FROM conversation WHERE subscriber_id = $1 ORDER BY ordinal DESC LIMIT 1;

-- name: update_conversation
UPDATE conversation SET
    language = $2, state = $3, log = $4, seq = $5, operator_id = $6, last_operator_id = $7,
    reason = $8, skill = $9, priority = $10, queued_at = $11, assigned_at = $12,
    released_at = $13, closed_at = $14, disposition = $15, score = $16, intent = $17,
    confidence = $18, request = $19, preview = $20, page = $21, number = $22
WHERE id = $1;

-- name: insert_events
-- The key is that of the first.
INSERT INTO event (conversation_id, log, seq, at, body, key)
SELECT $1, log, seq, $4, body::jsonb, CASE WHEN log = $6 THEN $7 END
FROM unnest($2::integer[], $3::integer[], $5::text[]) AS new (log, seq, body);

-- name: entry_by_key
SELECT conversation_id, log, seq, at, body FROM event WHERE key = $1;

-- name: visible_entries
SELECT conversation_id, log, seq, at, body FROM event
WHERE conversation_id = $1 AND seq > $2 ORDER BY seq LIMIT $3;

-- name: entries_before
SELECT conversation_id, log, seq, at, body FROM event
WHERE conversation_id = $1 AND ($2::integer IS NULL OR log < $2) ORDER BY log DESC LIMIT $3;

-- name: offered_button_title
SELECT button ->> 'title' AS title
FROM conversation
JOIN event ON event.conversation_id = conversation.id
CROSS JOIN LATERAL jsonb_array_elements(event.body -> 'buttons') AS button
WHERE conversation.subscriber_id = $1
  AND event.body #>> '{author,kind}' = 'bot'
  AND button ->> 'payload' = $2
ORDER BY conversation.ordinal DESC, event.log DESC LIMIT 1;

-- name: ahead_in_queue
SELECT count(*) FROM conversation
WHERE state = 'queued' AND id <> $1
  AND (priority > $2 OR (priority = $2 AND (queued_at, id) < ($3, $1)));

-- name: queue
SELECT conversation.*, subscriber.name AS subscriber_name, subscriber.number AS subscriber_number
FROM conversation JOIN subscriber ON subscriber.id = conversation.subscriber_id
WHERE state = 'queued' ORDER BY priority DESC, queued_at, conversation.id;

-- name: view
SELECT conversation.*, subscriber.name AS subscriber_name, subscriber.number AS subscriber_number,
       operator.name AS operator_name
FROM conversation
JOIN subscriber ON subscriber.id = conversation.subscriber_id
LEFT JOIN operator ON operator.id = coalesce(conversation.operator_id, last_operator_id)
WHERE conversation.id = $1;

-- name: views_of_operator
SELECT conversation.*, subscriber.name AS subscriber_name, subscriber.number AS subscriber_number,
       operator.name AS operator_name
FROM conversation
JOIN subscriber ON subscriber.id = conversation.subscriber_id
JOIN operator ON operator.id = conversation.operator_id
WHERE conversation.operator_id = $1 ORDER BY assigned_at, conversation.id;

-- name: heads
SELECT DISTINCT ON (subscriber_id) subscriber_id, id, seq FROM conversation
WHERE subscriber_id = ANY($1::text[]) ORDER BY subscriber_id, ordinal DESC;

-- name: mark_read
UPDATE conversation SET read_seq = $2 WHERE id = $1 AND read_seq < $2 AND seq >= $2
RETURNING operator_id;

-- name: handle_seconds
SELECT extract(epoch FROM released_at - assigned_at)::double precision FROM conversation
WHERE released_at > $1 AND released_at > assigned_at ORDER BY released_at DESC LIMIT 30;

-- name: answer_seconds
SELECT extract(epoch FROM assigned_at - queued_at)::double precision FROM conversation
WHERE assigned_at > $1 AND assigned_at > queued_at ORDER BY assigned_at DESC LIMIT 30;

-- name: search
-- A text is looked for among the newest conversations only, so that one that nobody ever wrote
-- does not walk the whole log.
WITH newest AS (
    SELECT * FROM conversation
    WHERE ($1::text IS NULL OR state = $1)
      AND ($2::text IS NULL OR subscriber_id = $2)
      AND ($3::timestamptz IS NULL OR (opened_at, id) < ($3, $4::text))
    ORDER BY opened_at DESC, id DESC LIMIT CASE WHEN $5::text IS NULL THEN $7::integer ELSE 10000 END
)
SELECT conversation.*, subscriber.name AS subscriber_name, subscriber.number AS subscriber_number,
       operator.name AS operator_name
FROM newest AS conversation
JOIN subscriber ON subscriber.id = conversation.subscriber_id
LEFT JOIN operator ON operator.id = coalesce(conversation.operator_id, last_operator_id)
WHERE ($5::text IS NULL
       OR conversation.id = $5
       OR subscriber.name ILIKE '%' || $6::text || '%'
       OR subscriber.number LIKE '%' || $6::text || '%'
       OR EXISTS (
           SELECT 1 FROM event
           WHERE event.conversation_id = conversation.id
             AND event.body ->> 'text' ILIKE '%' || $6::text || '%'
       ))
ORDER BY opened_at DESC, conversation.id DESC LIMIT $7::integer;
