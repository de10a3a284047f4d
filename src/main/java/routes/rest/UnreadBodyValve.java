package routes.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * A request that was answered before its body came, as one without a token is: Tomcat reads the rest, so that the client
 * gets to read the answer, and has a thread wait for it. Strangers could hold all threads like that. Here none waits.
 */
final class UnreadBodyValve extends ValveBase {

    private static final String ABANDON = UnreadBodyValve.class.getName() + ".abandon";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    UnreadBodyValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.setAttribute(ABANDON, (Runnable) () -> {
            request.removeAttribute(ABANDON);
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            // the answer is out: no error page follows
            response.setErrorReported();
        });
        getNext().invoke(request, response);
        // the connection of an abandoned one is closed, and Tomcat would count it as being served for ever if it became asynchronous
        boolean isAbandoned = request.getAttribute(ABANDON) == null;
        if (request.isAsync() || isAbandoned || request.isFinished() || isHere(request)) {
            return;
        }
        if (response.isErrorReportRequired()) {
            // the error page would come after the end of the answer
            ProblemValve.report(response);
        }
        response.finishResponse();
        if (request.isAsyncSupported()) {
            new Discarded(request).receive();
        } else {
            abandon(request);
        }
    }

    /** Nobody waits for the rest of the body; the connection is closed after the answer. */
    static void abandon(ServletRequest request) {
        if (request.getAttribute(ABANDON) instanceof Runnable abandon) {
            abandon.run();
        }
    }

    /** All of it has come along with the head. */
    private static boolean isHere(Request request) throws IOException {
        long length = request.getContentLengthLong();
        return length >= 0 && request.getInputStream().available() >= length;
    }

    private static final class Discarded extends IncomingBody {

        private final Request request;

        private Discarded(Request request) throws IOException {
            super(request.startAsync(), PATIENCE);
            this.request = request;
        }

        /** Past the stream, which was closed with the answer. */
        @Override
        int read(ServletInputStream in) throws IOException {
            return request.getCoyoteRequest().doRead(new Sink());
        }

        @Override
        void arrived(AsyncContext async) {
            async.complete();
        }

        @Override
        void giveUp(IOException why) {
            abandon(request);
        }
    }

    private static final class Sink implements ApplicationBufferHandler {

        private ByteBuffer bytes = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {
            // nothing is kept
        }
    }
}
