package routes.rest;

import java.io.IOException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatus;
import routes.nats.NatsHeaders;

/** Tomcat's own refusals, such as that of a path it cannot read, as a {@link Problem} instead of a page. Tomcat makes it by its name. */
public class ProblemValve extends ErrorReportValve {

    private static final ObjectMapper JSON = new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        try {
            report(response);
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("The client has gone before it was told of an error", e);
        }
    }

    static void report(Response response) throws IOException {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        // setErrorReported: of several places that could report an error, one does
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Problem problem = Problem.of(status, "The request cannot be served", null, response.getHeader(NatsHeaders.CORRELATION_ID), null);
        // after sendError nothing is taken any more
        response.setSuspended(false);
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(JSON.writeValueAsBytes(problem));
        response.finishResponse();
    }
}
