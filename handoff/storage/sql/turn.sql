-- name: insert_turn
INSERT INTO turn (conversation_id, log) VALUES ($1, $2);

-- name: claim_turn
-- Only the oldest turn of a conversation can be claimed: answers keep the order of questions.
WITH oldest AS (
    SELECT conversation_id, log FROM turn
    WHERE conversation_id = $1 AND NOT done ORDER BY log LIMIT 1 FOR UPDATE
)
UPDATE turn SET lease = $2, leased_until = $3, attempts = attempts + 1
FROM oldest, event
WHERE turn.conversation_id = oldest.conversation_id AND turn.log = oldest.log
  AND event.conversation_id = turn.conversation_id AND event.log = turn.log
  AND NOT turn.done AND (turn.leased_until IS NULL OR turn.leased_until < $4)
RETURNING turn.log, turn.attempts, event.body ->> 'text' AS text, event.body ->> 'payload' AS payload;

-- name: finish_turn
UPDATE turn SET done = true, lease = NULL, leased_until = NULL
WHERE conversation_id = $1 AND log = $2 AND lease = $3 AND NOT done RETURNING log;

-- name: release_turn
UPDATE turn SET lease = NULL, leased_until = NULL, attempts = attempts - 1
WHERE conversation_id = $1 AND log = $2 AND lease = $3 AND NOT done;

-- name: release_turns
UPDATE turn SET lease = NULL, leased_until = NULL, attempts = attempts - 1
WHERE NOT done AND starts_with(lease, $1);

-- name: due_turns
SELECT DISTINCT conversation_id FROM turn
WHERE NOT done AND (leased_until IS NULL OR leased_until < $1);
