-- name: one_at_a_time
SELECT pg_advisory_xact_lock(hashtext('bss schema'))

-- name: is_seeded
SELECT EXISTS (SELECT FROM bss.seeding)

-- name: mark_seeded
INSERT INTO bss.seeding (at) VALUES ($1)

-- name: empty_all
TRUNCATE bss.subscriber, bss.bucket, bss.document, bss.product_order, bss.message, bss.seeding RESTART IDENTITY

-- name: restart_serials
SELECT setval('bss.serial', 100001, false), setval('bss.ticket_number', 10024, false)

-- name: next_serial
SELECT nextval('bss.serial')

-- name: next_ticket_number
SELECT nextval('bss.ticket_number')

-- name: add_subscriber
INSERT INTO bss.subscriber (number, customer, is_contract, owed) VALUES ($1, $2, $3, $4)

-- name: lock_subscribers
SELECT number, customer, is_contract, owed FROM bss.subscriber
WHERE number = ANY($1) ORDER BY number FOR UPDATE

-- name: set_owed
UPDATE bss.subscriber SET owed = $2 WHERE number = $1

-- name: add_bucket
INSERT INTO bss.bucket (id, number, shared, usage_type, name, units, started, remaining, lowest, source, starts, ends)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)

-- name: buckets
SELECT b.*, s.customer FROM bss.bucket b JOIN bss.subscriber s USING (number)
WHERE $1::text IS NULL OR b.number = $1 OR $1 = ANY(b.shared) ORDER BY b.position

-- name: bucket
SELECT b.*, s.customer FROM bss.bucket b JOIN bss.subscriber s USING (number) WHERE b.id = $1

-- name: remaining
SELECT remaining FROM bss.bucket WHERE id = $1

-- name: take
UPDATE bss.bucket SET remaining = remaining - $2
WHERE id = $1 AND remaining - $2 >= lowest RETURNING remaining

-- name: give
UPDATE bss.bucket SET remaining = remaining + $2 WHERE id = $1 RETURNING remaining

-- name: end_buckets_of
UPDATE bss.bucket SET status = 'expired', ends = $2 WHERE source = $1 AND status <> 'expired'

-- name: add_document
INSERT INTO bss.document (kind, id, key, numbers, body) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (kind, key) DO NOTHING RETURNING id

-- name: put_document
UPDATE bss.document SET body = $3 WHERE kind = $1 AND id = $2

-- name: document
SELECT body FROM bss.document WHERE kind = $1 AND id = $2

-- name: document_by_key
SELECT body FROM bss.document WHERE kind = $1 AND key = $2

-- name: documents
SELECT body FROM bss.document
WHERE kind = $1 AND ($2::text IS NULL OR numbers @> ARRAY[$2]) ORDER BY position

-- name: add_order
INSERT INTO bss.product_order (id, key, body, ordered_at, due_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (key) DO NOTHING RETURNING *

-- name: order_by_key
SELECT * FROM bss.product_order WHERE key = $1

-- name: order
SELECT * FROM bss.product_order WHERE id = $1

-- name: orders
SELECT * FROM bss.product_order ORDER BY position

-- name: due_orders
SELECT id FROM bss.product_order WHERE outcome IS NULL AND due_at <= $1 ORDER BY due_at, position LIMIT 500

-- name: lock_order_to_do
SELECT * FROM bss.product_order WHERE id = $1 AND outcome IS NULL FOR UPDATE

-- name: end_order
UPDATE bss.product_order SET outcome = $2, note = $3 WHERE id = $1

-- name: add_message
INSERT INTO bss.message (id, number, text, at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING

-- name: forget_messages
DELETE FROM bss.message WHERE number = $1 AND position <= (
    SELECT position FROM bss.message WHERE number = $1 ORDER BY position DESC OFFSET $2 LIMIT 1
)

-- name: messages
SELECT id, text, at FROM bss.message WHERE number = $1 ORDER BY position DESC
