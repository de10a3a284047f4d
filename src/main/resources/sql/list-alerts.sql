-- One page of a user's alerts, newest first. The cursor is the last alert of the page before, so that a page costs the
-- same however far down it is.
WITH page AS (
    SELECT a, a.created_at, a.id
    FROM alerts AS a
    WHERE a.user_id = :#user_id
      AND a.deleted_at IS NULL
      AND (CAST(:#status AS text) IS NULL OR a.status = CAST(:#status AS text))
      AND (CAST(:#enabled AS boolean) IS NULL OR a.enabled = CAST(:#enabled AS boolean))
      -- not "IS NULL OR": a plan for any cursor would read all pages above this one
      AND (a.created_at, a.id) < (coalesce(CAST(:#after_created_at AS timestamptz), 'infinity'),
                                  coalesce(CAST(:#after_id AS uuid), 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
    ORDER BY a.created_at DESC, a.id DESC
    LIMIT CAST(:#limit AS int) + 1
), shown AS (
    SELECT * FROM page ORDER BY created_at DESC, id DESC LIMIT CAST(:#limit AS int)
)
SELECT CAST(json_build_object(
    'items', coalesce((SELECT json_agg(alert_resource(a) ORDER BY created_at DESC, id DESC) FROM shown), '[]'),
    'next_cursor', CASE WHEN (SELECT count(*) FROM page) > CAST(:#limit AS int)
        THEN (SELECT translate(encode(convert_to(iso(created_at) || '/' || id, 'UTF8'), 'base64'), E'+/=\n', '-_')
              FROM shown ORDER BY created_at, id LIMIT 1) END) AS text) AS page
