-- Marks the events whose PubAcks have come, and answers the next window to publish above a number, oldest first; not those of
-- streams that just refused one. Sent together, the two statements are one transaction and one round trip.
UPDATE outbox SET sent_at = clock_timestamp() WHERE seq = ANY (CAST(? AS bigint[]));
SELECT seq, event_id, subject, CAST(payload AS text) AS payload, correlation_id, traceparent, created_at
FROM outbox
WHERE sent_at IS NULL AND seq > CAST(? AS bigint) AND split_part(subject, '.', 1) <> ALL (CAST(? AS text[]))
ORDER BY seq
LIMIT ?
