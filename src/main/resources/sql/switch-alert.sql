-- Enables or disables an alert. No row when there is no such alert, or it is so already.
WITH changed AS (
    UPDATE alerts AS a
    SET enabled = CAST(:#enabled AS boolean), version = a.version + 1, updated_at = clock_timestamp()
    WHERE a.id = CAST(:#id AS uuid) AND a.user_id = :#user_id AND a.deleted_at IS NULL
      AND a.enabled <> CAST(:#enabled AS boolean)
    RETURNING alert_resource(a) AS resource,
              alert_event(a, CAST(:#event_id AS uuid), CAST(:#correlation_id AS text)) AS event
), announced AS (
    INSERT INTO outbox (event_id, subject, payload, correlation_id, traceparent)
    SELECT CAST(:#event_id AS uuid), CASE WHEN CAST(:#enabled AS boolean) THEN 'alerts.enabled' ELSE 'alerts.disabled' END,
           event, CAST(:#correlation_id AS text), CAST(:#traceparent AS text)
    FROM changed
)
SELECT CAST(resource AS text) AS alert
FROM changed
