package routes.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the body before a route begins, and holds no thread while it comes: a slow client must not keep one from others.
 * A body that is too large is refused as soon as that is known.
 */
@Component
@Order(FilterOrder.BODY)
class BodyFilter extends OncePerRequestFilter {

    private static final int PIECE = 8 * 1024;
    private static final String IDENTITY = "identity";
    private static final String BODY = BodyFilter.class.getName() + ".body";

    private final ObjectMapper json;
    private final int longest;
    private final RestLimits limits;

    BodyFilter(ObjectMapper json, RestLimits limits) {
        this.json = json;
        this.limits = limits;
        this.longest = Math.toIntExact(limits.maxBody().toBytes());
    }

    /** A body that came later is handed on by another dispatch. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(BODY) instanceof byte[] body) {
            request.removeAttribute(BODY);
            handOn(request, body, response, chain);
        } else if (request.getDispatcherType() == DispatcherType.ASYNC) {
            chain.doFilter(request, response);
        } else if (request.getContentLengthLong() > longest) {
            refuse(request, response, HttpStatus.PAYLOAD_TOO_LARGE, tooLarge());
        } else if (request.getInputStream().isFinished()) {
            handOn(request, new byte[0], response, chain);
        } else if (isEncoded(request)) {
            response.setHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
            refuse(request, response, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must have no Content-Encoding");
        } else {
            ByteArrayOutputStream body = present(request);
            if (body.size() == request.getContentLengthLong()) {
                handOn(request, body.toByteArray(), response, chain);
            } else {
                new Received(request, response, body).receive();
            }
        }
    }

    /** What has come together with the head of the request: mostly all of it, and then nobody has to wait. */
    private static ByteArrayOutputStream present(HttpServletRequest request) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ServletInputStream in = request.getInputStream();
        // of a body in chunks a part of a chunk's head may be there, and a read would wait for the rest of it
        while (body.size() < request.getContentLengthLong() && in.available() > 0) {
            readPiece(in, body, Math.min(PIECE, (int) request.getContentLengthLong() - body.size()));
        }
        return body;
    }

    private static int readPiece(ServletInputStream in, ByteArrayOutputStream body, int most) throws IOException {
        byte[] piece = new byte[most];
        int read = in.read(piece);
        body.write(piece, 0, Math.max(0, read));
        return read;
    }

    /** Compressed, it would be as large as its sender likes. */
    private static boolean isEncoded(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase(IDENTITY);
    }

    private void handOn(HttpServletRequest request, byte[] body, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        if (isUtf8(body)) {
            chain.doFilter(new ReadRequest(request, body), response);
        } else {
            refuse(request, response, HttpStatus.BAD_REQUEST, "The body is not UTF-8");
        }
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

    private String tooLarge() {
        return "The body is larger than %d bytes".formatted(longest);
    }

    /** What is left of the body is not waited for. */
    private void refuse(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        response.setHeader(HttpHeaders.CONNECTION, "close");
        Problem.answer(request, response, json, status, detail);
        UnreadBodyValve.abandon(request);
    }

    private final class Received extends IncomingBody {

        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final ByteArrayOutputStream body;

        /** @param body what has come before */
        private Received(HttpServletRequest request, HttpServletResponse response, ByteArrayOutputStream body) throws IOException {
            super(request.startAsync(request, response), limits.bodyTimeout());
            this.request = request;
            this.response = response;
            this.body = body;
        }

        @Override
        int read(ServletInputStream in) throws IOException {
            return readPiece(in, body, PIECE);
        }

        @Override
        boolean isTooMuch() {
            return body.size() > longest;
        }

        @Override
        void arrived(AsyncContext async) {
            request.setAttribute(BODY, body.toByteArray());
            async.dispatch();
        }

        @Override
        void giveUp(IOException why) throws IOException {
            if (why == null) {
                refuse(request, response, HttpStatus.PAYLOAD_TOO_LARGE, tooLarge());
            } else if (why instanceof SocketTimeoutException) {
                refuse(request, response, HttpStatus.REQUEST_TIMEOUT, "The body did not come in time");
            } else {
                refuse(request, response, HttpStatus.BAD_REQUEST, "The body cannot be read to its end");
            }
        }
    }
}
