package routes.workbench.lint;

/** Every rule with its reason: the one source of {@code bin/lint --help} and of docs/lint.md. */
public enum Rule {
    INVALID_YAML("The file cannot be read at all"),
    INVALID_DSL("Camel's YAML schema knows no such pattern, option or value, or something it needs is missing"),
    UNKNOWN_COMPONENT("No component of this Camel version has that scheme, nor one of this application"),
    UNKNOWN_OPTION("The component has no such option; for nats: the options of this application's own component count"),
    INVALID_OPTION("The option takes another type, another range or one of other words"),
    MISSING_OPTION("The endpoint cannot be made without that option"),
    INVALID_SIMPLE("The text does not parse in the simple language"),
    MISSING_ID("Metrics, logs and operations call a route by its id"),
    MISSING_DESCRIPTION("The description is what JMX, Hawtio and docs/routes.md show"),
    MISSING_GROUP("The group gathers the routes of one flow in JMX and Hawtio"),
    DUPLICATE_ID("Ids are keys of metrics and of operations; Camel refuses a second route or step of the same id"),
    UNRESOLVED_BEAN("No class or file declares that bean, or the bean has no such method"),
    UNRESOLVED_ENDPOINT("Nothing consumes that direct: or seda: endpoint: calls fail, or wait in a queue for nobody"),
    DUPLICATE_CONSUMER("A direct: endpoint can be consumed once; the second route does not start"),
    MISSING_RESOURCE("The file that the class path should hold is not there"),
    INVALID_SQL("Camel reads a placeholder of the statement otherwise or not at all, so the statement fails when it is first run"),
    UNRESOLVED_PROPERTY("Neither application.yaml nor a profile defines the placeholder, and it has no default"),
    UNKNOWN_ROUTE_CONFIGURATION("Camel starts without a word when a routeConfigurationId matches nothing, and the route has no error handling"),
    UNKNOWN_BREAKER("ekko.breakers has no circuit breaker of that name, so neither the breaker nor its route policy exists"),
    UNGUARDED_BREAKER("Camel puts no error handler around a circuit breaker that stands in the route itself: what fails in it is neither held nor a dead letter"),
    UNKNOWN_ROUTE_TEMPLATE("No routeTemplate has that id, or a parameter of it has no value: the application does not start"),
    MALFORMED_SUBJECT("The server refuses such a subject: an empty token, a blank, > before the end, or a wildcard in what is published"),
    UNCAPTURED_SUBJECT("No stream captures the subject: a publish gets no PubAck, a consumer no message"),
    WRONG_STREAM("The stream that is named does not capture the subject, or is not among ekko.nats.streams"),
    SHORT_WILDCARD("* is one token and the subject has more: nothing ever matches; > is any number"),
    REQUEST_ON_STREAM("A stream that captures a request answers it with its PubAck before the responder does"),
    IN_OUT_PUBLISH("An InOut publish to a stream takes the PubAck for the reply, and a refusal for success"),
    WORK_QUEUE_OVERLAP("A work queue has one consumer a filter; the server refuses the second"),
    DISCARD_OLD_ON_WORK_QUEUE("A full work queue that drops the old deletes work that nobody has read"),
    REDELIVERY_OUTLASTS_DUPLICATE_WINDOW("What a late redelivery publishes again is no duplicate any more once the stream has forgotten its id"),
    ACK_WAIT_TOO_SHORT("The message is delivered to somebody else while the route still waits for one of its calls"),
    TOO_MANY_REPLICAS("A cluster keeps at most as many copies as it has servers (error 10074)"),
    DRAIN_TOO_SHORT("A shutdown breaks off what is in hand before it is done"),
    FORWARDED_HEADERS("A forwarded Nats-Msg-Id makes the next event a duplicate of the last, and a request's Authorization is nobody's business on the bus"),
    NO_SHARED_ERRORS("Only the nameless route configuration holds, sorts and dead-letters failures; this route steps out of it"),
    NO_REST_ERRORS("Without rest-errors a failure is answered by an empty 500, and user and correlation id are missing"),
    SECRET_IN_ROUTE("What stands in a route file is in every copy of the repository and in every log of an endpoint's URI"),
    MISSING_STEP_ID(Severity.WARNING, "Ids of steps are keys of metrics and of route coverage, and labels of diagrams"),
    SHORTHAND(Severity.WARNING, "The short forms are deprecated, and Kaoto writes the long one");

    /** What a problem means for the exit status. */
    public enum Severity { ERROR, WARNING }

    private final Severity severity;
    private final String reason;

    Rule(String reason) {
        this(Severity.ERROR, reason);
    }

    Rule(Severity severity, String reason) {
        this.severity = severity;
        this.reason = reason;
    }

    /** @return its name in reports: {@code unresolved-bean} */
    public String id() {
        return name().toLowerCase().replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    public String reason() {
        return reason;
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
