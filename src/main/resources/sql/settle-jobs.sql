-- Gives alerts the results of their jobs, with the events that tell of it, in one transaction for any number of results.
-- An alert takes a result only while it waits for exactly that job, or when that job had failed and was redriven: a
-- redelivery, a job of an older sentence or of a deleted alert changes nothing. Answers the outcome of each: settled, stale or unknown.
-- Not "deleted_at IS NULL": until the table has been analyzed PostgreSQL takes the partial index alerts_by_user for empty,
-- and would read all of it for a few ids.
WITH result AS MATERIALIZED (
    SELECT *
    FROM json_to_recordset(CAST(:#results AS json)) AS r(
        job_id uuid, alert_id uuid, status text, spec json, event_type text, sub_event text, template_id text,
        confidence numeric, parameters json, missing_info json, reason text, error text,
        updated_id uuid, matched_id uuid, correlation_id text, traceparent text)
), settled AS (
    UPDATE alerts AS a
    SET status = r.status, spec = r.spec, event_type = r.event_type, sub_event = r.sub_event,
        template_id = r.template_id, confidence = r.confidence, missing_info = r.missing_info,
        reason = r.reason, error = r.error, version = a.version + 1,
        job_completed_at = clock_timestamp(), updated_at = clock_timestamp()
    FROM result AS r
    WHERE a.id = ANY (ARRAY(SELECT alert_id FROM result)) AND a.id = r.alert_id AND a.job_id = r.job_id AND COALESCE(a.deleted_at, 'infinity') = 'infinity'
      AND (a.status = 'pending' OR a.status = 'failed' AND r.status <> 'failed')
    RETURNING a.id, r.updated_id, r.matched_id, r.correlation_id, r.traceparent,
              alert_event(a, r.updated_id, r.correlation_id) AS updated,
              CASE WHEN r.status = 'active' THEN alert_matched_event(a, r.matched_id, r.correlation_id, r.parameters) END AS matched
), announced AS (
    INSERT INTO outbox (event_id, subject, payload, correlation_id, traceparent)
    SELECT matched_id, 'alerts.template.matched', matched, correlation_id, traceparent FROM settled WHERE matched IS NOT NULL
    UNION ALL
    SELECT updated_id, 'alerts.updated', updated, correlation_id, traceparent FROM settled
)
SELECT r.alert_id, r.job_id,
       CASE WHEN s.id IS NOT NULL THEN 'settled'
            WHEN (SELECT true FROM alerts AS a WHERE a.id = r.alert_id) THEN 'stale'
            ELSE 'unknown' END AS outcome
FROM result AS r
LEFT JOIN settled AS s ON s.id = r.alert_id
