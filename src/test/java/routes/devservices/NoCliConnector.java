package routes.devservices;

import org.apache.camel.cli.connector.DefaultCliConnectorFactory;

/** What Camel finds on the class path of tests in place of its own: there every context would show itself to the camel command. */
public class NoCliConnector extends DefaultCliConnectorFactory {

    public NoCliConnector() {
        setEnabled(false);
    }
}
