package routes.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Group commit: callers that come while a transaction runs share the next one. A caller that comes alone does not wait; the
 * busier the database, the more share a statement and a commit. A transaction runs on the thread of one of those who share
 * it, and each call ends when its transaction has.
 *
 * @param <T> what a caller wants stored
 */
final class GroupCommit<T> {

    /** Stores all the items or none. */
    @FunctionalInterface
    interface Transaction<T> {
        void run(List<T> items) throws Exception;
    }

    private static final class Call<T> {

        final T item;
        final CompletableFuture<Void> end = new CompletableFuture<>();
        /** Comes when the call has ended, or when it may be its turn to run a transaction. */
        final Semaphore news = new Semaphore(0);

        Call(T item) {
            this.item = item;
        }

        void ended(Throwable failure) {
            if (failure == null) {
                end.complete(null);
            } else {
                end.completeExceptionally(failure);
            }
            news.release();
        }
    }

    private final Queue<Call<T>> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore places;
    private final int most;
    private final Transaction<T> transaction;
    private final Predicate<Exception> mayBeOfOne;

    /**
     * @param places      how many transactions run at the same time, at most
     * @param most        how many items share one, at most
     * @param transaction runs for certain items once, and once more for each alone after a failure of theirs together
     * @param mayBeOfOne  whether a failure may be the fault of one item; then each is tried alone, and fails alone
     */
    GroupCommit(int places, int most, Transaction<T> transaction, Predicate<Exception> mayBeOfOne) {
        this.places = new Semaphore(places);
        this.most = most;
        this.transaction = transaction;
        this.mayBeOfOne = mayBeOfOne;
    }

    /**
     * Returns when the item is committed.
     *
     * @throws Exception what its transaction has thrown
     */
    void commit(T item) throws Exception {
        Call<T> call = new Call<>(item);
        waiting.add(call);
        while (!call.end.isDone()) {
            if (!places.tryAcquire() || !runNext()) {
                // whoever holds the last place passes it on when it is free; whoever runs this call says when it has ended
                call.news.acquireUninterruptibly();
            }
        }
        try {
            call.end.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    /** @return whether there was a call to run */
    private boolean runNext() {
        try {
            List<Call<T>> calls = next();
            run(calls);
            return !calls.isEmpty();
        } finally {
            places.release();
            passOn();
        }
    }

    private List<Call<T>> next() {
        List<Call<T>> calls = new ArrayList<>();
        Call<T> call;
        while (calls.size() < most && (call = waiting.poll()) != null) {
            calls.add(call);
        }
        return calls;
    }

    private void passOn() {
        Call<T> first = waiting.peek();
        if (first != null) {
            first.news.release();
        }
    }

    private void run(List<Call<T>> calls) {
        try {
            runTogether(calls);
        } catch (Error e) {
            // nobody else would end them
            calls.forEach(call -> call.ended(e));
            throw e;
        }
    }

    private void runTogether(List<Call<T>> calls) {
        if (calls.isEmpty()) {
            return;
        }
        try {
            transaction.run(calls.stream().map(call -> call.item).toList());
            calls.forEach(call -> call.ended(null));
        } catch (Exception e) {
            if (calls.size() > 1 && mayBeOfOne.test(e)) {
                calls.forEach(call -> runTogether(List.of(call)));
            } else {
                calls.forEach(call -> call.ended(e));
            }
        }
    }
}
