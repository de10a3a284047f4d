package routes.rest;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.camel.Exchange;
import org.apache.camel.spi.RestClientRequestValidator;
import org.apache.camel.support.MessageHelper;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Checks requests against {@code openapi.yaml} before a route sees them, and answers with a {@link Problem} that names
 * each field. Camel finds this bean by its type. Its own validator builds the whole contract anew for each request and
 * answers in plain text.
 */
@Component
class ContractValidator implements RestClientRequestValidator {

    private static final List<String> CHECKED_HEADERS = List.of("Idempotency-Key", "X-Correlation-Id");

    /** Camel makes a parameter a header of its message: none comes in that the contract does not name. Tokens are checked elsewhere. */
    private static final LevelResolver LEVELS = LevelResolver.create()
            .withLevel("validation.request.parameter.query.unexpected", ValidationReport.Level.ERROR)
            .withLevel("validation.request.security", ValidationReport.Level.IGNORE)
            .build();

    private final Problems problems;
    /** Made while the application starts, so that the first client does not wait for it. */
    private final CompletableFuture<OpenApiInteractionValidator> validator;
    private final OrdinaryRequests ordinary;

    ContractValidator(Problems problems) throws IOException {
        this.problems = problems;
        String contract = new ClassPathResource("static/openapi.yaml").getContentAsString(StandardCharsets.UTF_8);
        this.ordinary = new OrdinaryRequests(new YAMLMapper().readTree(contract));
        this.validator = CompletableFuture.supplyAsync(() ->
                OpenApiInteractionValidator.createForInlineApiSpecification(contract).withLevelResolver(LEVELS).build());
    }

    @Override
    public ValidationError validate(Exchange exchange, ValidationContext context) {
        String type = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        if (context.requiredBody() && (type == null || !MediaType.parseMediaType(type).isCompatibleWith(MediaType.APPLICATION_JSON))) {
            return error(exchange, HttpStatus.UNSUPPORTED_MEDIA_TYPE, List.of(
                    new Problem.FieldError("Content-Type", "must be application/json")));
        }
        String body = MessageHelper.extractBodyAsString(exchange.getIn());
        if (body != null && !body.isEmpty()) {
            try {
                JsonText.check(body);
            } catch (JsonText.MalformedJsonException e) {
                return error(exchange, HttpStatus.BAD_REQUEST, List.of(new Problem.FieldError("body", e.getMessage())));
            }
            exchange.getIn().setBody(body);
        }
        HttpServletRequest from = exchange.getMessage().getHeader(Exchange.HTTP_SERVLET_REQUEST, HttpServletRequest.class);
        if (from != null && from.getAttribute(ContractPathFilter.PATH) instanceof String path && ordinary.include(exchange.getMessage(), path, body)) {
            return null;
        }
        Request request;
        try {
            request = request(exchange, body);
        } catch (IllegalArgumentException e) {
            return error(exchange, HttpStatus.BAD_REQUEST, List.of(new Problem.FieldError("query", "is not encoded as a URL is")));
        }
        ValidationReport report = validator.join().validateRequest(request);
        if (!report.hasErrors()) {
            return null;
        }
        return error(exchange, HttpStatus.BAD_REQUEST, ContractErrors.of(report));
    }

    private ValidationError error(Exchange exchange, HttpStatus status, List<Problem.FieldError> errors) {
        String detail = errors.stream().map(error -> error.field() + " " + error.message()).collect(Collectors.joining("; "));
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE);
        return new ValidationError(status.value(), problems.body(exchange, status, detail, errors));
    }

    private static Request request(Exchange exchange, String body) {
        String path = exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class);
        String method = exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class);
        SimpleRequest.Builder request = new SimpleRequest.Builder(method, path, false);
        if (body != null && !body.isEmpty()) {
            request.withBody(body);
        }
        forHeader(exchange, Exchange.CONTENT_TYPE, request::withHeader);
        CHECKED_HEADERS.forEach(name -> forHeader(exchange, name, request::withHeader));
        String query = exchange.getMessage().getHeader(Exchange.HTTP_QUERY, String.class);
        UriComponentsBuilder.newInstance().query(query).build().getQueryParams()
                .forEach((name, values) -> values.forEach(value -> request.withQueryParam(name,
                        value == null ? "" : URLDecoder.decode(value, StandardCharsets.UTF_8))));
        return request.build();
    }

    private static void forHeader(Exchange exchange, String name, BiConsumer<String, String> use) {
        String value = exchange.getMessage().getHeader(name, String.class);
        if (value != null) {
            use.accept(name, value);
        }
    }
}
