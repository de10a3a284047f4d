-- The next window of events to publish, oldest first; not those of streams that just refused one.
SELECT seq, event_id, subject, CAST(payload AS text) AS payload, correlation_id, traceparent, created_at
FROM outbox
WHERE sent_at IS NULL AND split_part(subject, '.', 1) <> ALL (CAST(? AS text[]))
ORDER BY seq
LIMIT ?
