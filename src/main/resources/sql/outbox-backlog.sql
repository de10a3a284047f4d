-- How many events wait, and for how long the oldest has, in seconds.
SELECT count(*) AS waiting, coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0) AS oldest_seconds
FROM outbox
WHERE sent_at IS NULL
