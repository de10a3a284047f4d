package routes.workbench.flow;

/** A flow is not written, for the reason that the message gives. */
class RefusedException extends Exception {

    RefusedException(String message) {
        super(message);
    }
}
