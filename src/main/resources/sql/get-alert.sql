-- One alert of one user.
SELECT CAST(alert_resource(a) AS text) AS alert
FROM alerts AS a
WHERE a.id = CAST(:#id AS uuid) AND a.user_id = :#user_id AND a.deleted_at IS NULL
