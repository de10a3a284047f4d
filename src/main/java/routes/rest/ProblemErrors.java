package routes.rest;

import java.util.List;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import routes.nats.NatsHeaders;

/** What goes wrong outside of routes, as the same {@link Problem} that routes answer. */
@RestController
@RestControllerAdvice
class ProblemErrors extends ResponseEntityExceptionHandler implements ErrorController {

    /** Spring MVC refuses a request: no such page, another method, another media type. */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(Exception failure, Object body, HttpHeaders headers,
                                                             HttpStatusCode status, WebRequest request) {
        HttpServletRequest refused = ((ServletWebRequest) request).getRequest();
        List<Problem.FieldError> fields = fields(failure);
        String why = !fields.isEmpty() ? fields.get(0).field() + " " + fields.get(0).message()
                : failure instanceof ErrorResponse refusal && status.is4xxClientError() ? refusal.getBody().getDetail() : null;
        return answer(status.value(), headers, refused.getRequestURI(), why, fields, refused);
    }

    private static List<Problem.FieldError> fields(Exception failure) {
        if (failure instanceof HttpMediaTypeNotSupportedException type) {
            return List.of(new Problem.FieldError(HttpHeaders.CONTENT_TYPE, "must be " + MediaType.toString(type.getSupportedMediaTypes())));
        }
        if (failure instanceof HttpMediaTypeNotAcceptableException type) {
            return List.of(new Problem.FieldError(HttpHeaders.ACCEPT, "must take " + MediaType.toString(type.getSupportedMediaTypes())));
        }
        return List.of();
    }

    /** Whatever nobody else has answered. */
    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<Object> error(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return answer(status == null ? 500 : (Integer) status, new HttpHeaders(), path == null ? null : path.toString(), null, List.of(), request);
    }

    private static ResponseEntity<Object> answer(int code, HttpHeaders headers, String path, String why,
                                                 List<Problem.FieldError> fields, HttpServletRequest request) {
        HttpStatus status = HttpStatus.resolve(code) == null ? HttpStatus.INTERNAL_SERVER_ERROR : HttpStatus.valueOf(code);
        String detail = why != null ? why : status.is5xxServerError() ? "An unexpected error; the log has it under the correlation id"
                : "The request cannot be served: " + status.getReasonPhrase();
        return ResponseEntity.status(status).headers(headers).contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problem.of(status, detail, path, request.getHeader(NatsHeaders.CORRELATION_ID), fields));
    }
}
