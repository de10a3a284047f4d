package routes.alerts;

/** A message is about an alert that this database has never had. Delivering it again would not help. */
public class UnknownAlertException extends RuntimeException {

    public UnknownAlertException(String id) {
        super("There is no alert " + id);
    }
}
