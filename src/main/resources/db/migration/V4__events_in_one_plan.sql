-- PostgreSQL takes a function of one SELECT into the plan of the statement that calls it, unless the function says STABLE and
-- calls something VOLATILE, as clock_timestamp() is. Then each statement starts an executor of its own for each call.

-- An alert as the events have it
CREATE FUNCTION alert_in_event(a alerts) RETURNS json LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT json_build_object(
    'id', a.id, 'name', a.name, 'nl_description', a.nl_description,
    'event_type', a.event_type, 'sub_event', a.sub_event, 'template_id', a.template_id,
    'status', a.status, 'enabled', a.enabled, 'job_id', a.job_id, 'spec', a.spec, 'confidence', a.confidence,
    'missing_info', a.missing_info, 'reason', a.reason, 'error', a.error) $$;

-- alerts.*: the event envelope
CREATE OR REPLACE FUNCTION alert_event(a alerts, event_id uuid, correlation_id text) RETURNS json LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT json_build_object(
    'id', event_id, 'timestamp', iso(statement_timestamp()), 'user_id', a.user_id,
    'alert', alert_in_event(a),
    'correlation_id', correlation_id) $$;

-- alerts.template.matched: the envelope, and what was matched
CREATE OR REPLACE FUNCTION alert_matched_event(a alerts, event_id uuid, correlation_id text, parameters json) RETURNS json LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT json_build_object(
    'id', event_id, 'timestamp', iso(statement_timestamp()), 'user_id', a.user_id,
    'alert', alert_in_event(a),
    'match', json_build_object('template_id', a.template_id, 'confidence', a.confidence, 'parameters', parameters),
    'correlation_id', correlation_id) $$;

-- jobs.alert.created: the request to work a sentence out again
CREATE OR REPLACE FUNCTION job_request(a alerts, correlation_id text) RETURNS json LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT json_build_object(
    'job', json_build_object('id', a.job_id, 'type', 'process_alert_spec', 'priority', 'normal',
        'payload', json_build_object('alert_id', a.id, 'nl_description', a.nl_description, 'event_type', a.event_type)),
    'timestamp', iso(statement_timestamp()), 'user_id', a.user_id, 'correlation_id', correlation_id) $$;
