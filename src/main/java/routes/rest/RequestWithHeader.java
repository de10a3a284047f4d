package routes.rest;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request whose one header is what the application says, not what the client has sent. */
final class RequestWithHeader extends HttpServletRequestWrapper {

    private final String name;
    private final List<String> values;

    /** @param value null for a request without that header */
    RequestWithHeader(HttpServletRequest request, String name, String value) {
        super(request);
        this.name = name;
        this.values = value == null ? List.of() : List.of(value);
    }

    @Override
    public String getHeader(String asked) {
        return name.equalsIgnoreCase(asked) ? values.stream().findFirst().orElse(null) : super.getHeader(asked);
    }

    @Override
    public Enumeration<String> getHeaders(String asked) {
        return name.equalsIgnoreCase(asked) ? Collections.enumeration(values) : super.getHeaders(asked);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames());
        names.removeIf(name::equalsIgnoreCase);
        if (!values.isEmpty()) {
            names.add(name);
        }
        return Collections.enumeration(names);
    }
}
