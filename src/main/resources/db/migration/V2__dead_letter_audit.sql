-- Who did what to which dead letter, and what came of it.
CREATE TABLE dead_letter_audit (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at            timestamptz NOT NULL DEFAULT clock_timestamp(),
    user_id       text        NOT NULL,
    action        text        NOT NULL CHECK (action IN ('redrive', 'delete')),
    dead_letter   bigint      NOT NULL,
    subject       text        NOT NULL,
    message_id    text,
    redrive_count int,
    outcome       text        NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
    detail        text
);

CREATE INDEX dead_letter_audit_by_letter ON dead_letter_audit (dead_letter);
