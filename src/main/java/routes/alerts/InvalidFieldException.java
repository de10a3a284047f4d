package routes.alerts;

/** A request has a field that cannot be meant. */
public class InvalidFieldException extends IllegalArgumentException {

    private final String field;

    /**
     * @param field   name of the field, header or query parameter
     * @param message what is wrong with it, as the end of a sentence that begins with the field
     */
    public InvalidFieldException(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
