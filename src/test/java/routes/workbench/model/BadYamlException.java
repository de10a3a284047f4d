package routes.workbench.model;

/** A file is no YAML. */
public class BadYamlException extends Exception {

    private final transient Place place;

    BadYamlException(Place place, String message) {
        super(message);
        this.place = place;
    }

    public Place place() {
        return place;
    }
}
