-- What the first request with this Idempotency-Key was answered, and whether this one asks for the same.
SELECT CAST(alert_id AS text) AS id, CAST(response AS text) AS alert, request_hash = CAST(:#request_hash AS text) AS same_request
FROM idempotency_keys
WHERE user_id = :#user_id AND key = :#idempotency_key
