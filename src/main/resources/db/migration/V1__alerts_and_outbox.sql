-- An alert: a sentence, what it was understood as, and how far it has come.
CREATE TABLE alerts (
    id             uuid PRIMARY KEY,
    user_id        text        NOT NULL,
    name           text        NOT NULL,
    nl_description text        NOT NULL,
    status         text        NOT NULL DEFAULT 'pending'
                   CHECK (status IN ('pending', 'active', 'needs_clarification', 'rejected', 'failed')),
    enabled        boolean     NOT NULL DEFAULT true,
    event_type     text,
    sub_event      text,
    template_id    text,
    confidence     numeric,
    spec           json,
    missing_info   json,
    reason         text,
    error          text,
    -- the job that the current sentence waits for, or that has settled it: a result of any other job is stale
    job_id         uuid        NOT NULL,
    job_created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    job_completed_at timestamptz,
    version        bigint      NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- kept as a tombstone for a while: a late job result is told from one for an alert that never was
    deleted_at     timestamptz
);

CREATE UNIQUE INDEX alerts_by_job ON alerts (job_id);
CREATE INDEX alerts_by_user ON alerts (user_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX alerts_deleted ON alerts (deleted_at) WHERE deleted_at IS NOT NULL;

-- Events written in the transaction of the change they tell of; the relay publishes them in the order of seq.
CREATE TABLE outbox (
    seq            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id       uuid        NOT NULL UNIQUE,
    subject        text        NOT NULL,
    payload        json        NOT NULL,
    correlation_id text        NOT NULL,
    traceparent    text,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at        timestamptz
);

CREATE INDEX outbox_unsent ON outbox (seq) WHERE sent_at IS NULL;
CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;

-- What a POST with an Idempotency-Key was answered, so that its repetition gets the same answer.
CREATE TABLE idempotency_keys (
    user_id      text        NOT NULL,
    key          text        NOT NULL,
    request_hash text        NOT NULL,
    alert_id     uuid        NOT NULL,
    response     json        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (user_id, key)
);

CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

-- The three shapes an alert has for the outside, in one place each.

CREATE FUNCTION iso(moment timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;

-- REST: the alert resource
CREATE FUNCTION alert_resource(a alerts) RETURNS json LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT json_build_object(
    'id', a.id, 'name', a.name, 'nl_description', a.nl_description, 'status', a.status, 'enabled', a.enabled,
    'event_type', a.event_type, 'sub_event', a.sub_event, 'template_id', a.template_id, 'confidence', a.confidence,
    'spec', a.spec, 'missing_info', a.missing_info, 'reason', a.reason, 'error', a.error,
    'job_id', a.job_id, 'version', a.version, 'created_at', iso(a.created_at), 'updated_at', iso(a.updated_at)) $$;

-- alerts.*: the event envelope
CREATE FUNCTION alert_event(a alerts, event_id uuid, correlation_id text) RETURNS json LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT json_build_object(
    'id', event_id, 'timestamp', iso(clock_timestamp()), 'user_id', a.user_id,
    'alert', json_build_object(
        'id', a.id, 'name', a.name, 'nl_description', a.nl_description,
        'event_type', a.event_type, 'sub_event', a.sub_event, 'template_id', a.template_id,
        'status', a.status, 'enabled', a.enabled, 'job_id', a.job_id, 'spec', a.spec, 'confidence', a.confidence,
        'missing_info', a.missing_info, 'reason', a.reason, 'error', a.error),
    'correlation_id', correlation_id) $$;

-- jobs.alert.created: the request to work a sentence out again
CREATE FUNCTION job_request(a alerts, correlation_id text) RETURNS json LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT json_build_object(
    'job', json_build_object('id', a.job_id, 'type', 'process_alert_spec', 'priority', 'normal',
        'payload', json_build_object('alert_id', a.id, 'nl_description', a.nl_description, 'event_type', a.event_type)),
    'timestamp', iso(clock_timestamp()), 'user_id', a.user_id, 'correlation_id', correlation_id) $$;

-- alerts.template.matched: the envelope, and what was matched
CREATE FUNCTION alert_matched_event(a alerts, event_id uuid, correlation_id text, parameters json) RETURNS json LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT json_build_object(
    'id', event_id, 'timestamp', iso(clock_timestamp()), 'user_id', a.user_id,
    'alert', alert_event(a, event_id, correlation_id) -> 'alert',
    'match', json_build_object('template_id', a.template_id, 'confidence', a.confidence, 'parameters', parameters),
    'correlation_id', correlation_id) $$;
