-- Deletes an alert, leaving a tombstone. No row when there is no such alert.
WITH deleted AS (
    UPDATE alerts AS a
    SET deleted_at = clock_timestamp(), version = a.version + 1, updated_at = clock_timestamp()
    WHERE a.id = CAST(:#id AS uuid) AND a.user_id = :#user_id AND a.deleted_at IS NULL
    RETURNING a.id, alert_event(a, CAST(:#event_id AS uuid), CAST(:#correlation_id AS text)) AS event
), announced AS (
    INSERT INTO outbox (event_id, subject, payload, correlation_id, traceparent)
    SELECT CAST(:#event_id AS uuid), 'alerts.deleted', event, CAST(:#correlation_id AS text), CAST(:#traceparent AS text)
    FROM deleted
)
SELECT CAST(id AS text) AS id
FROM deleted
