-- Stores alerts as pending, each together with its alerts.created event, in one transaction for any number of them.
-- Answers the alert resource of each; no row for one whose Idempotency-Key has been used before (see find-idempotent-answer.sql).
WITH fresh AS MATERIALIZED (
    SELECT json_populate_record(CAST(NULL AS alerts), json_build_object('status', 'pending', 'version', 1,
        'job_created_at', moment, 'created_at', moment, 'updated_at', moment)) AS a
    FROM clock_timestamp() AS moment
), candidate AS MATERIALIZED (
    SELECT json_populate_record(fresh.a, command) AS a, idempotency_key AS key, request_hash, event_id, correlation_id, traceparent
    FROM fresh, json_array_elements(CAST(:#commands AS json)) AS command,
         json_to_record(command) AS other(idempotency_key text, request_hash text, event_id uuid, correlation_id text, traceparent text)
), claimed AS (
    INSERT INTO idempotency_keys (user_id, key, request_hash, alert_id, response)
    SELECT (a).user_id, key, request_hash, (a).id, alert_resource(a)
    FROM candidate
    WHERE key IS NOT NULL
    -- in one order everywhere, so that two such transactions never wait for each other
    ORDER BY 1, 2
    ON CONFLICT DO NOTHING
    RETURNING alert_id
), created AS (
    INSERT INTO alerts
    SELECT (a).*
    FROM candidate
    WHERE key IS NULL OR (a).id IN (SELECT alert_id FROM claimed)
    RETURNING id
), announced AS (
    INSERT INTO outbox (event_id, subject, payload, correlation_id, traceparent)
    SELECT event_id, 'alerts.created', alert_event(a, event_id, correlation_id), correlation_id, traceparent
    FROM candidate JOIN created ON id = (a).id
)
SELECT CAST(id AS text) AS id, CAST(alert_resource(a) AS text) AS alert
FROM candidate JOIN created ON id = (a).id
