package routes.rest;

import java.io.IOException;
import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import routes.nats.NatsHeaders;

/**
 * What a client is told when a request cannot be served: {@code application/problem+json}.
 *
 * @param type          kind of problem; {@code about:blank} where the status says it all
 * @param title         the kind, for people
 * @param status        HTTP status code
 * @param detail        what is wrong with this request
 * @param instance      path of the request
 * @param correlationId id to look the request up in the logs
 * @param errors        the fields that are wrong, where it is about fields
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(URI type, String title, int status, String detail, String instance, String correlationId, List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";
    private static final URI BLANK = URI.create("about:blank");

    /**
     * @param field   JSON pointer or name of the field, header or parameter
     * @param message what is wrong with it
     */
    public record FieldError(String field, String message) {
    }

    /** Answers a request before any route has seen it. */
    public static void answer(HttpServletRequest request, HttpServletResponse response, ObjectMapper json, HttpStatus status, String detail)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType(MEDIA_TYPE);
        json.writeValue(response.getOutputStream(), of(status, detail, request.getRequestURI(),
                request.getHeader(NatsHeaders.CORRELATION_ID), List.of()));
    }

    static Problem of(HttpStatus status, String detail, String instance, String correlationId, List<FieldError> errors) {
        return new Problem(BLANK, status.getReasonPhrase(), status.value(), detail, instance, correlationId, errors);
    }
}
