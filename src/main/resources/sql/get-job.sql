-- The job that an alert of this user waits for, or that has settled it.
SELECT CAST(json_build_object(
    'id', a.job_id, 'alert_id', a.id, 'type', 'process_alert_spec',
    'status', CASE a.status WHEN 'pending' THEN 'pending' WHEN 'failed' THEN 'failed' ELSE 'completed' END,
    'created_at', iso(a.job_created_at), 'completed_at', iso(a.job_completed_at), 'error', a.error) AS text) AS job
FROM alerts AS a
WHERE a.job_id = CAST(:#${header.id} AS uuid) AND a.user_id = :#${exchangeProperty.user_id} AND a.deleted_at IS NULL
