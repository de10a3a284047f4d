-- Asks again for the results of alerts that are still pending so long after their event was sent, by a new event for the same job.
-- Looks through the sent events in their order, each once, and keeps its place: an index of pending alerts would be one more
-- to write at each result. Answers how many alerts it asks for again, and whether more may be left.
WITH place AS (
    SELECT up_to, clock_timestamp() - CAST(:#${properties:ekko.ask-again.after} AS interval) AS until
    FROM asked_again
    -- another instance is at it
    FOR UPDATE SKIP LOCKED
), page AS MATERIALIZED (
    SELECT sent_at, payload, correlation_id, traceparent
    FROM outbox
    -- not joined: these are the bounds of the index
    WHERE sent_at > (SELECT up_to FROM place) AND sent_at <= (SELECT until FROM place) AND subject IN ('alerts.created', 'jobs.alert.created')
    ORDER BY sent_at
    FETCH FIRST 10000 ROWS WITH TIES
), moved AS (
    UPDATE asked_again
    SET up_to = CASE WHEN (SELECT count(*) FROM page) < 10000 THEN place.until ELSE (SELECT max(sent_at) FROM page) END
    FROM place
), sentence AS MATERIALIZED (
    SELECT DISTINCT ON (1) CAST(coalesce(payload -> 'alert' ->> 'id', payload -> 'job' -> 'payload' ->> 'alert_id') AS uuid) AS alert_id, correlation_id, traceparent
    FROM page
    ORDER BY 1, sent_at DESC
), asked AS (
    INSERT INTO outbox (event_id, subject, payload, correlation_id, traceparent)
    SELECT gen_random_uuid(), 'jobs.alert.created', job_request(a, s.correlation_id), s.correlation_id, s.traceparent
    FROM sentence AS s JOIN alerts AS a ON a.id = s.alert_id
    WHERE a.id = ANY (ARRAY(SELECT alert_id FROM sentence)) AND a.status = 'pending' AND COALESCE(a.deleted_at, 'infinity') = 'infinity'
      AND a.job_created_at <= (SELECT until FROM place)
    RETURNING 1
)
SELECT (SELECT count(*) FROM asked) AS asked, (SELECT count(*) FROM page) >= 10000 AS more
