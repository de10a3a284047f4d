package routes.rest;

import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.Ordered;

/** In what order filters see a request. Spring Security stands between those that anybody passes and those for known users. */
public final class FilterOrder {

    static final int CORRELATION = Ordered.HIGHEST_PRECEDENCE;
    static final int JSON_BY_DEFAULT = Ordered.HIGHEST_PRECEDENCE + 1;
    static final int READY = Ordered.HIGHEST_PRECEDENCE + 2;
    public static final int CANONICAL_PATH = Ordered.HIGHEST_PRECEDENCE + 3;

    private static final int SECURITY = SecurityProperties.DEFAULT_FILTER_ORDER;

    static final int TRAILING_SLASH = SECURITY + 1;
    static final int CONTRACT_PATH = SECURITY + 2;
    static final int BODY = SECURITY + 3;
    static final int ROUTE_HEADERS = SECURITY + 4;
    static final int ROUTE = SECURITY + 5;

    private FilterOrder() {
    }
}
