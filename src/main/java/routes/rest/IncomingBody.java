package routes.rest;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

/** A body on its way. No thread waits for it: clients may be slow, and there are more of them than threads. */
abstract class IncomingBody implements ReadListener, AsyncListener {

    private final AsyncContext async;
    private final ServletInputStream in;
    private boolean over;

    /** @param patience how long the client may take in all */
    IncomingBody(AsyncContext async, Duration patience) throws IOException {
        this.async = async;
        this.in = async.getRequest().getInputStream();
        async.setTimeout(patience.toMillis());
        async.addListener(this);
    }

    final void receive() {
        in.setReadListener(this);
    }

    /** Takes what has come. @return how many bytes; below 0 where it has ended */
    abstract int read(ServletInputStream in) throws IOException;

    /** @return whether no more of it is wanted */
    boolean isTooMuch() {
        return false;
    }

    /** All of it is here. */
    abstract void arrived(AsyncContext async);

    /** There will be no more of it. @param why null when no more was wanted */
    abstract void giveUp(IOException why) throws IOException;

    @Override
    public final void onDataAvailable() throws IOException {
        while (!over && in.isReady() && read(in) >= 0) {
            if (isTooMuch()) {
                end(null);
                async.complete();
            }
        }
    }

    @Override
    public final void onAllDataRead() {
        if (!over) {
            over = true;
            arrived(async);
        }
    }

    /** Tomcat cannot read any further, and closes the connection next. */
    @Override
    public final void onError(Throwable failure) {
        try {
            end(failure instanceof IOException e ? e : new IOException(failure));
        } catch (IOException e) {
            // the client has gone
        }
    }

    /** Comes after the other. Without an end Tomcat would have a page rendered for it. */
    @Override
    public final void onError(AsyncEvent event) {
        event.getAsyncContext().complete();
    }

    @Override
    public final void onTimeout(AsyncEvent event) throws IOException {
        try {
            end(new SocketTimeoutException("body after deadline"));
        } finally {
            async.complete();
        }
    }

    private void end(IOException why) throws IOException {
        if (!over) {
            over = true;
            giveUp(why);
        }
    }

    @Override
    public final void onComplete(AsyncEvent event) {
        over = true;
    }

    /** The body is here, and whoever has the request now has a time limit of their own. */
    @Override
    public final void onStartAsync(AsyncEvent event) {
        over = true;
    }
}
