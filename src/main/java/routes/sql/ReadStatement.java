package routes.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.RuntimeExchangeException;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;

/**
 * One statement whose parameters are known: {@code :#name} is a field of the body or a header, {@code :#${…}} an
 * expression, as Camel has it. Any other statement that its endpoint is given is Camel's own affair.
 */
final class ReadStatement extends DefaultSqlPrepareStatementStrategy {

    /** Camel has made {@code :?} of {@code :#}. */
    private static final Pattern PARAMETER = Pattern.compile(":\\?(?:(\\w+)|(\\$\\{[^{}]+}))");

    @FunctionalInterface
    private interface Parameter {
        Object of(Exchange exchange, Map<?, ?> body);
    }

    private final String text;
    private final String prepared;
    private final List<Parameter> parameters = new ArrayList<>();

    ReadStatement(CamelContext camel, String text) {
        this.text = text;
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.find()) {
            parameters.add(parameter.group(1) != null ? named(parameter.group(1)) : computed(camel, parameter.group(2)));
        }
        this.prepared = PARAMETER.matcher(text).replaceAll("?");
    }

    /** Lists of values ({@code :#in:…}) and expressions within expressions are left to Camel. */
    static boolean canRead(String text) {
        return !text.contains(":?in:") && !PARAMETER.matcher(text).replaceAll("?").contains(":?");
    }

    int parameters() {
        return parameters.size();
    }

    private Parameter named(String name) {
        return (exchange, body) -> {
            if (body.containsKey(name)) {
                return body.get(name);
            }
            Map<String, Object> headers = exchange.getMessage().getHeaders();
            if (headers.containsKey(name)) {
                return headers.get(name);
            }
            if (exchange.hasVariables() && exchange.getVariables().containsKey(name)) {
                return exchange.getVariables().get(name);
            }
            throw new RuntimeExchangeException("The parameter %s is neither in the body nor a header, for: %s".formatted(name, text), exchange);
        };
    }

    private static Parameter computed(CamelContext camel, String expression) {
        Expression read = camel.resolveLanguage("simple").createExpression(expression);
        read.init(camel);
        return (exchange, body) -> read.evaluate(exchange, Object.class);
    }

    @Override
    public String prepareQuery(String query, boolean allowNamedParameters, Exchange exchange) throws SQLException {
        return query.equals(text) ? prepared : super.prepareQuery(query, allowNamedParameters, exchange);
    }

    @Override
    public Iterator<?> createPopulateIterator(String query, String preparedQuery, int expectedParams, Exchange exchange, Object value)
            throws SQLException {
        if (!query.equals(text)) {
            return super.createPopulateIterator(query, preparedQuery, expectedParams, exchange, value);
        }
        Map<?, ?> body = value instanceof Map<?, ?> fields ? fields : Map.of();
        return parameters.stream().map(parameter -> parameter.of(exchange, body)).iterator();
    }
}
