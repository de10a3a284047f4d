-- One alert of one user.
SELECT CAST(alert_resource(a) AS text) AS alert
FROM alerts AS a
WHERE a.id = CAST(:#${header.id} AS uuid) AND a.user_id = :#${exchangeProperty.user_id} AND a.deleted_at IS NULL
