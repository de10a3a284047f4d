package routes.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.awaitility.core.ConditionTimeoutException;
import routes.production.ApplicationProcess;

import static org.awaitility.Awaitility.await;

/** Lets faults strike a world under load, and tells what they did. */
final class Rounds implements AutoCloseable {

    /** An acknowledgement that never came costs an ackWait of 30 s, one lost again another; the rest is starting and catching up. */
    static final Duration BOUND = Duration.ofSeconds(120);

    private final World world = new World();
    private final Ledger ledger = new Ledger(world);
    private final int rate;
    private final int steadySeconds;
    private final Level before;

    /**
     * @param rate          posts a second
     * @param warmUpSeconds load before the level is taken that instances shall come back to
     * @param steadySeconds load before a fault, and after it is recovered from
     */
    Rounds(int rate, int warmUpSeconds, int steadySeconds) throws Exception {
        this.rate = rate;
        this.steadySeconds = steadySeconds;
        SteadyLoad load = load();
        awaitMore(load, warmUpSeconds);
        load.end();
        ledger.promise(load.acknowledged());
        ledger.awaitSettled(BOUND);
        before = Level.of(world.application());
    }

    private SteadyLoad load() {
        return new SteadyLoad(world.instances(), rate);
    }

    /** @return threads and memory before the first fault */
    Level before() {
        return before;
    }

    /** One fault under load, and the books afterwards. */
    Row alone(Fault fault, Random random) throws Exception {
        SteadyLoad load = load();
        awaitMore(load, steadySeconds);
        List<String> problems = new ArrayList<>();
        strike(fault, new Fault.Scene(world, load, random), problems);
        Duration recovery = recovery(problems);
        awaitMore(load, steadySeconds);
        return settled(fault.name(), load, recovery, problems);
    }

    /**
     * Faults one after the other under one load; a third of them strike while the one before is still being recovered from.
     *
     * @return a row for each, and a last one with what they did together
     */
    List<Row> atRandom(List<Fault> faults, Duration time, Random random) throws Exception {
        List<Row> rows = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        SteadyLoad load = load();
        awaitMore(load, steadySeconds);
        long end = System.nanoTime() + time.toNanos();
        Fault.Scene scene = new Fault.Scene(world, load, random);
        Duration recovery = null;
        while (System.nanoTime() < end) {
            Fault fault = faults.get(random.nextInt(faults.size()));
            int already = load.acknowledged().size();
            scene.hold(0, 3_000);
            strike(fault, scene, problems);
            recovery = random.nextInt(3) == 0 ? null : recovery(problems);
            Row row = new Row(fault.name(), rate, load.acknowledged().size() - already, null, recovery, null, List.of());
            System.out.println(row);
            rows.add(row);
        }
        Duration last = recovery != null ? recovery : recovery(problems);
        rows.add(settled("**all of them**", load, last, problems));
        return rows;
    }

    private static void strike(Fault fault, Fault.Scene scene, List<String> problems) throws Exception {
        try {
            fault.strike().on(scene);
        } catch (ConditionTimeoutException e) {
            problems.add("%s: %s".formatted(fault, e.getMessage()));
        }
    }

    private void awaitMore(SteadyLoad load, int seconds) {
        int enough = load.acknowledged().size() + seconds * rate;
        await("posts are answered").atMost(BOUND).until(() -> load.acknowledged().size() >= enough);
    }

    private Duration recovery(List<String> problems) {
        long start = System.nanoTime();
        startWhatEndedByItself(problems);
        try {
            ledger.awaitRecovered(BOUND);
        } catch (ConditionTimeoutException e) {
            problems.add("not recovered after %d s".formatted(BOUND.toSeconds()));
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void startWhatEndedByItself(List<String> problems) {
        for (ApplicationProcess instance : world.instances()) {
            if (!instance.isRunning()) {
                problems.add("an instance has ended by itself: " + instance.uri("/"));
                instance.start();
            }
        }
    }

    private Row settled(String name, SteadyLoad load, Duration recovery, List<String> problems) throws Exception {
        startWhatEndedByItself(problems);
        load.end();
        ledger.promise(load.acknowledged());
        try {
            ledger.awaitSettled(BOUND);
        } catch (ConditionTimeoutException e) {
            problems.add("not settled after %d s: %s".formatted(BOUND.toSeconds(), e.getMessage()));
        }
        world.oneInstance();
        Ledger.Findings findings = ledger.findings();
        problems.addAll(findings.evidence());
        load.refusals().stream().limit(5).forEach(problems::add);
        if (findings.deadLetters() > 0) {
            problems.add(findings.deadLetters() + " dead letters that no fault explains");
        }
        Level level = Level.of(world.application().awaitReady());
        if (!level.isNear(before)) {
            problems.add("%s, but before the faults %s".formatted(level, before));
        }
        return new Row(name, rate, load.acknowledged().size(), findings, recovery, level, problems);
    }

    @Override
    public void close() {
        world.close();
    }
}
