-- Transactions by their age: all before the first number have ended, none from the second on has.
SELECT CAST(CAST(pg_snapshot_xmin(now) AS text) AS bigint), CAST(CAST(pg_snapshot_xmax(now) AS text) AS bigint)
FROM pg_current_snapshot() AS now
