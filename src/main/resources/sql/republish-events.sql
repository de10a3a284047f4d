-- Lets the relay publish sent events again, under their own ids. Answers how many.
WITH again AS (
    UPDATE outbox
    SET sent_at = NULL
    WHERE NOT CAST(:#dry_run AS boolean)
      AND sent_at IS NOT NULL
      AND created_at >= CAST(:#since AS timestamptz)
      AND (CAST(:#until AS timestamptz) IS NULL OR created_at < CAST(:#until AS timestamptz))
      AND (CAST(:#subject AS text) IS NULL OR subject = CAST(:#subject AS text))
    RETURNING 1
)
SELECT CAST(json_build_object('dry_run', CAST(:#dry_run AS boolean), 'events',
    CASE WHEN CAST(:#dry_run AS boolean)
         THEN (SELECT count(*)
               FROM outbox
               WHERE sent_at IS NOT NULL
                 AND created_at >= CAST(:#since AS timestamptz)
                 AND (CAST(:#until AS timestamptz) IS NULL OR created_at < CAST(:#until AS timestamptz))
                 AND (CAST(:#subject AS text) IS NULL OR subject = CAST(:#subject AS text)))
         ELSE (SELECT count(*) FROM again) END) AS text) AS report
