package routes.rest;

import java.io.IOException;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * An answer that leaves when it is whole. Camel flushes after the body, upon which Tomcat sends a chunk and later, by
 * itself, the end of the chunks; without that it knows the length of a short answer and sends all at once.
 */
final class UnflushedAnswer extends HttpServletResponseWrapper {

    UnflushedAnswer(HttpServletResponse response) {
        super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return new Unflushed(super.getOutputStream());
    }

    @Override
    public void flushBuffer() {
        // the end of the request does
    }

    private static final class Unflushed extends ServletOutputStream {

        private final ServletOutputStream out;

        private Unflushed(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int single) throws IOException {
            out.write(single);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void flush() {
            // the end of the request does
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
