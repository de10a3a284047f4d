-- Forgets what has been kept long enough: sent events, used idempotency keys, tombstones of deleted alerts.
WITH events AS (
    DELETE FROM outbox WHERE sent_at < clock_timestamp() - CAST(:#${properties:ekko.keep.events} AS interval) RETURNING 1
), keys AS (
    DELETE FROM idempotency_keys WHERE created_at < clock_timestamp() - CAST(:#${properties:ekko.keep.idempotency-keys} AS interval) RETURNING 1
), tombstones AS (
    DELETE FROM alerts WHERE deleted_at < clock_timestamp() - CAST(:#${properties:ekko.keep.deleted-alerts} AS interval) RETURNING 1
)
SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM keys) AS keys, (SELECT count(*) FROM tombstones) AS tombstones
