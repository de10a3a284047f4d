-- Events whose PubAck has come.
UPDATE outbox SET sent_at = clock_timestamp() WHERE seq = ANY (CAST(? AS bigint[]))
