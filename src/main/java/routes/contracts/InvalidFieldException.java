package routes.contracts;

/** A request has a field that cannot be meant. */
public class InvalidFieldException extends IllegalArgumentException {

    private final String field;
    private final String problem;

    /**
     * @param field   name of the field, header or query parameter
     * @param message what is wrong with it, as the end of a sentence that begins with the field
     */
    public InvalidFieldException(String field, String message) {
        super(field + " " + message);
        this.field = field;
        this.problem = message;
    }

    public String field() {
        return field;
    }

    public String problem() {
        return problem;
    }
}
