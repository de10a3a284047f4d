package routes.sql;

import java.io.IOException;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.component.sql.SqlHelper;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.ResourceHelper;
import org.springframework.stereotype.Component;

/**
 * Statements that are files are read once, when their endpoint is made. Camel's own way takes a statement apart by regular
 * expressions, several times for each execution, and asks PostgreSQL before each execution how many parameters it has: a
 * second round trip, and more CPU than the execution itself.
 */
@Component
class SqlStatements implements CamelContextConfiguration {

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        camel.getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> read(camel, endpoint));
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // all endpoints are known by then, or come by the callback
    }

    private static Endpoint read(CamelContext camel, Endpoint endpoint) {
        if (endpoint instanceof SqlEndpoint sql && !sql.isBatch() && ResourceHelper.isClasspathUri(sql.getQuery())) {
            try {
                String text = SqlHelper.resolveQuery(camel, sql.getQuery(), sql.isUsePlaceholder() ? sql.getPlaceholder() : null);
                if (ReadStatement.canRead(text)) {
                    ReadStatement statement = new ReadStatement(camel, text);
                    sql.setPrepareStatementStrategy(statement);
                    sql.setParametersCount(statement.parameters());
                }
            } catch (IOException | NoTypeConversionAvailableException e) {
                throw new RuntimeCamelException("The statement " + sql.getQuery() + " cannot be read", e);
            }
        }
        return endpoint;
    }
}
