-- Stores an alert as pending, together with its alerts.created event, in one transaction.
-- Answers the alert resource; no row when the Idempotency-Key has been used before (see find-idempotent-answer.sql).
WITH candidate AS MATERIALIZED (
    SELECT json_populate_record(CAST(NULL AS alerts), json_build_object(
        'id', CAST(:#id AS uuid), 'user_id', CAST(:#user_id AS text), 'name', CAST(:#name AS text),
        'nl_description', CAST(:#nl_description AS text), 'status', 'pending', 'enabled', CAST(:#enabled AS boolean),
        'job_id', CAST(:#job_id AS uuid), 'job_created_at', moment, 'version', 1, 'created_at', moment, 'updated_at', moment)) AS a
    FROM clock_timestamp() AS moment
), claimed AS (
    INSERT INTO idempotency_keys (user_id, key, request_hash, alert_id, response)
    SELECT (a).user_id, CAST(:#idempotency_key AS text), CAST(:#request_hash AS text), (a).id, alert_resource(a)
    FROM candidate
    WHERE CAST(:#idempotency_key AS text) IS NOT NULL
    ON CONFLICT DO NOTHING
    RETURNING alert_id
), created AS (
    INSERT INTO alerts
    SELECT (a).*
    FROM candidate
    WHERE CAST(:#idempotency_key AS text) IS NULL OR EXISTS (SELECT FROM claimed)
    RETURNING id
), announced AS (
    INSERT INTO outbox (event_id, subject, payload, correlation_id, traceparent)
    SELECT CAST(:#event_id AS uuid), 'alerts.created',
           alert_event(a, CAST(:#event_id AS uuid), CAST(:#correlation_id AS text)),
           CAST(:#correlation_id AS text), CAST(:#traceparent AS text)
    FROM candidate, created
)
SELECT CAST((a).id AS text) AS id, CAST(alert_resource(a) AS text) AS alert
FROM candidate, created
