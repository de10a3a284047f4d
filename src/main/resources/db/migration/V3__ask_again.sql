-- How far the sent events have been looked through for alerts that are still pending. One row.
CREATE TABLE asked_again (
    up_to timestamptz NOT NULL
);

INSERT INTO asked_again (up_to) VALUES ('-infinity');
