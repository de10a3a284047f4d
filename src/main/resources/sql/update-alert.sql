-- Changes name or sentence. A changed sentence goes back to pending under a new job; so does one that failed.
-- No row when there is no such alert, or nothing to change.
WITH changed AS (
    UPDATE alerts AS a
    SET name = coalesce(CAST(:#name AS text), a.name),
        nl_description = coalesce(CAST(:#nl_description AS text), a.nl_description),
        status = CASE WHEN anew THEN 'pending' ELSE a.status END,
        job_id = CASE WHEN anew THEN CAST(:#job_id AS uuid) ELSE a.job_id END,
        job_created_at = CASE WHEN anew THEN clock_timestamp() ELSE a.job_created_at END,
        job_completed_at = CASE WHEN anew THEN NULL ELSE a.job_completed_at END,
        event_type = CASE WHEN anew THEN NULL ELSE a.event_type END,
        sub_event = CASE WHEN anew THEN NULL ELSE a.sub_event END,
        template_id = CASE WHEN anew THEN NULL ELSE a.template_id END,
        confidence = CASE WHEN anew THEN NULL ELSE a.confidence END,
        spec = CASE WHEN anew THEN NULL ELSE a.spec END,
        missing_info = CASE WHEN anew THEN NULL ELSE a.missing_info END,
        reason = CASE WHEN anew THEN NULL ELSE a.reason END,
        error = CASE WHEN anew THEN NULL ELSE a.error END,
        version = a.version + 1,
        updated_at = clock_timestamp()
    FROM (SELECT b.id, CAST(:#nl_description AS text) IS NOT NULL
                 AND (b.nl_description <> CAST(:#nl_description AS text) OR b.status = 'failed') AS anew
          FROM alerts AS b
          WHERE b.id = CAST(:#id AS uuid) AND b.user_id = :#user_id AND b.deleted_at IS NULL
          FOR UPDATE) AS current
    WHERE a.id = current.id AND (anew OR a.name <> coalesce(CAST(:#name AS text), a.name))
    RETURNING a.id, anew, alert_resource(a) AS resource,
              alert_event(a, CAST(:#updated_id AS uuid), CAST(:#correlation_id AS text)) AS updated,
              job_request(a, CAST(:#correlation_id AS text)) AS job
), announced AS (
    INSERT INTO outbox (event_id, subject, payload, correlation_id, traceparent)
    SELECT CAST(:#updated_id AS uuid), 'alerts.updated', updated, CAST(:#correlation_id AS text), CAST(:#traceparent AS text)
    FROM changed
    UNION ALL
    SELECT CAST(:#job_event_id AS uuid), 'jobs.alert.created', job, CAST(:#correlation_id AS text), CAST(:#traceparent AS text)
    FROM changed
    WHERE anew
)
SELECT CAST(resource AS text) AS alert
FROM changed
