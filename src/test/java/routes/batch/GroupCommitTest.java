package routes.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Callers that come together share a transaction, and nothing else. */
@Timeout(30)
class GroupCommitTest {

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<List<Integer>> transactions = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void endCallers() {
        callers.shutdownNow();
    }

    @Test
    void callersThatComeAloneHaveATransactionEach() throws Exception {
        GroupCommit<Integer> group = new GroupCommit<>(2, 10, transactions::add, failure -> true);
        group.commit(1);
        group.commit(2);
        assertThat(transactions).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void callersThatComeMeanwhileShareTheNextButNoMoreThanAllowed() {
        CountDownLatch first = new CountDownLatch(1);
        GroupCommit<Integer> group = new GroupCommit<>(1, 3, items -> {
            transactions.add(items);
            first.await();
        }, failure -> true);
        List<CompletableFuture<Void>> calls = startOneByOne(group, 6);
        assertThat(transactions).containsExactly(List.of(0));
        assertThat(calls).noneMatch(CompletableFuture::isDone);
        first.countDown();
        await().untilAsserted(() -> assertThat(calls).allMatch(CompletableFuture::isDone));
        assertThat(transactions).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5));
    }

    @Test
    void whatFailsTogetherIsTriedAloneAndOneFailsAlone() {
        CountDownLatch first = new CountDownLatch(1);
        GroupCommit<Integer> group = new GroupCommit<>(1, 10, items -> {
            first.await();
            if (items.contains(2)) {
                throw new IllegalArgumentException("2 is odd");
            }
            transactions.add(items);
        }, failure -> true);
        List<CompletableFuture<Void>> calls = startOneByOne(group, 4);
        first.countDown();
        assertThatThrownBy(calls.get(2)::join).hasRootCauseMessage("2 is odd");
        await().untilAsserted(() -> assertThat(calls).allMatch(CompletableFuture::isDone));
        assertThat(calls.stream().filter(CompletableFuture::isCompletedExceptionally)).hasSize(1);
        assertThat(transactions).containsExactlyInAnyOrder(List.of(0), List.of(1), List.of(3));
    }

    @Test
    void aFailureOfNoneOfThemIsToldToAllAndNotTriedAgain() {
        CountDownLatch first = new CountDownLatch(1);
        GroupCommit<Integer> group = new GroupCommit<>(1, 10, items -> {
            transactions.add(items);
            first.await();
            if (items.size() > 1) {
                throw new IllegalStateException("the database is away");
            }
        }, failure -> false);
        List<CompletableFuture<Void>> calls = startOneByOne(group, 3);
        first.countDown();
        assertThatThrownBy(calls.get(1)::join).hasRootCauseMessage("the database is away");
        assertThatThrownBy(calls.get(2)::join).hasRootCauseMessage("the database is away");
        assertThat(transactions).containsExactly(List.of(0), List.of(1, 2));
    }

    @Test
    void anErrorOfTheMachineLeavesNobodyWaiting() {
        GroupCommit<Integer> group = new GroupCommit<>(1, 10, items -> {
            throw new OutOfMemoryError("not really");
        }, failure -> true);
        List<CompletableFuture<Void>> calls = IntStream.range(0, 4).mapToObj(item -> start(group, item)).toList();
        await().untilAsserted(() -> assertThat(calls).allMatch(CompletableFuture::isCompletedExceptionally));
    }

    @Test
    void norDoesOneThatComesWhenTheyAreTriedAlone() {
        CountDownLatch first = new CountDownLatch(1);
        GroupCommit<Integer> group = new GroupCommit<>(1, 10, items -> {
            first.await();
            if (items.size() > 1) {
                throw new IllegalArgumentException("together they fail");
            }
            throw new OutOfMemoryError("not really");
        }, failure -> true);
        List<CompletableFuture<Void>> calls = startOneByOne(group, 4);
        first.countDown();
        await().untilAsserted(() -> assertThat(calls).allMatch(CompletableFuture::isCompletedExceptionally));
    }

    @Test
    void underLoadEachItemIsStoredOnceAndNoMoreRunAtATimeThanThereArePlaces() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        GroupCommit<Integer> group = new GroupCommit<>(2, 5, items -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            transactions.add(items);
            Thread.onSpinWait();
            running.decrementAndGet();
        }, failure -> true);
        List<CompletableFuture<Void>> calls = IntStream.range(0, 16).mapToObj(caller -> CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 2_000; i++) {
                commit(group, caller * 2_000 + i);
            }
        }, callers)).toList();
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
        assertThat(transactions.stream().flatMap(List::stream).sorted()).containsExactlyElementsOf(IntStream.range(0, 32_000).boxed().toList());
        assertThat(transactions).allMatch(items -> items.size() <= 5).anyMatch(items -> items.size() > 1);
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }

    /** Each begins when the one before it waits. */
    private List<CompletableFuture<Void>> startOneByOne(GroupCommit<Integer> group, int number) {
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int item = 0; item < number; item++) {
            Thread[] caller = new Thread[1];
            int mine = item;
            calls.add(CompletableFuture.runAsync(() -> {
                caller[0] = Thread.currentThread();
                commit(group, mine);
            }, callers));
            await().until(() -> caller[0] != null && caller[0].getState() == Thread.State.WAITING);
        }
        return calls;
    }

    private CompletableFuture<Void> start(GroupCommit<Integer> group, int item) {
        return CompletableFuture.runAsync(() -> commit(group, item), callers);
    }

    private static void commit(GroupCommit<Integer> group, int item) {
        try {
            group.commit(item);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
