package routes.workbench.contracts;

/** Who writes what a schema describes, and so who is hurt by which change of it. */
enum Direction {

    /** Requests: others write, the application reads. */
    INPUT,
    /** Answers: the application writes, others read. */
    OUTPUT,
    /** Messages: older ones still lie in the streams, and others read the new ones. */
    BOTH;

    boolean isRead() {
        return this != OUTPUT;
    }

    boolean isWritten() {
        return this != INPUT;
    }
}
