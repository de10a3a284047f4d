package routes.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the body before a route begins: there are few threads for routes, and a slow client must not hold one. A body
 * that is too large is refused as soon as that is known.
 */
@Component
@Order(FilterOrder.BODY)
class BodyFilter extends OncePerRequestFilter {

    private static final int PIECE = 8 * 1024;

    private final ObjectMapper json;
    private final int longest;
    private final RestLimits limits;

    BodyFilter(ObjectMapper json, RestLimits limits) {
        this.json = json;
        this.limits = limits;
        this.longest = Math.toIntExact(limits.maxBody().toBytes());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > longest) {
            refuse(request, response, HttpStatus.PAYLOAD_TOO_LARGE, tooLarge());
            return;
        }
        byte[] body;
        try {
            body = body(request);
        } catch (BodyTooLargeException e) {
            refuse(request, response, HttpStatus.PAYLOAD_TOO_LARGE, tooLarge());
            return;
        } catch (SocketTimeoutException e) {
            refuse(request, response, HttpStatus.REQUEST_TIMEOUT, "The body did not come in time");
            return;
        } catch (ClientAbortException e) {
            return;
        } catch (IOException e) {
            refuse(request, response, HttpStatus.BAD_REQUEST, "The body cannot be read to its end");
            return;
        }
        if (!isUtf8(body)) {
            refuse(request, response, HttpStatus.BAD_REQUEST, "The body is not UTF-8");
            return;
        }
        chain.doFilter(new ReadRequest(request, body), response);
    }

    /** Camel would read question marks where it is not. */
    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private byte[] body(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() == 0) {
            return new byte[0];
        }
        long deadline = System.nanoTime() + limits.bodyTimeout().toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.max(32, (int) request.getContentLengthLong()));
        InputStream in = request.getInputStream();
        byte[] piece = new byte[PIECE];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            body.write(piece, 0, read);
            if (body.size() > longest) {
                throw new BodyTooLargeException();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new SocketTimeoutException("body after deadline");
            }
        }
        return body.toByteArray();
    }

    private String tooLarge() {
        return "The body is larger than %d bytes".formatted(longest);
    }

    /** What is left of the body is not waited for. */
    private void refuse(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        response.setHeader(HttpHeaders.CONNECTION, "close");
        Problem.answer(request, response, json, status, detail);
    }

    private static final class BodyTooLargeException extends IOException {
    }
}
