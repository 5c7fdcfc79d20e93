package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A build of many jobs that do nothing, each of which needs two of the layer before: what a job costs besides its
 * sandbox, all in all, and how long its spec takes to be planned. Beside it as many of the same sandboxes without the
 * gateway, as many at a time.
 */
final class ManyJobs implements Measure {
    private static final int LAYERS = 10;
    private static final String SANDBOX = "sandbox";
    private static final String PLAN = "plan";

    @Override
    public List<Row> measure(Contest contest) throws IOException, InterruptedException {
        int jobs = contest.effort().jobs() * LAYERS;
        String spec = spec(jobs / LAYERS);
        byte[] source = Sources.of(contest.place(), spec);
        Medians alone = sandboxes(contest, jobs);
        try (Connection connection = contest.gateway().connect()) {
            Medians medians = new Rounds()
                    .side(Medians.GATEWAY, () -> build(connection, source) / jobs)
                    .timed(PLAN, () -> Gateway.ask(connection, "POST /lint", spec))
                    .run(2);
            return List.of(
                    new Row(
                            "a job of a build of " + jobs + " (instead of sshd: its bwrap alone)",
                            "ms",
                            alone.of(SANDBOX),
                            medians.of(Medians.GATEWAY),
                            new Goal.Within(15, "ms")),
                    new Row("its plan, from a spec", "ms", Double.NaN, medians.of(PLAN), Goal.NONE));
        }
    }

    /** Before the builds: the job whose sandbox is taken sleeps meanwhile, and would take a place of theirs. */
    private static Medians sandboxes(Contest contest, int jobs) throws IOException, InterruptedException {
        try (Sleeper sleeper = Sleeper.start(contest)) {
            List<String> sandbox = JobStart.sandbox(contest.gatewayProcess().pid());
            Medians medians = new Rounds()
                    .side(SANDBOX, () -> atOnce(sandbox, jobs) / jobs)
                    .run(2);
            sleeper.check();
            return medians;
        }
    }

    private static String spec(int width) {
        StringBuilder spec = new StringBuilder("stages: [");
        for (int layer = 0; layer < LAYERS; layer++) {
            spec.append(layer == 0 ? "" : ", ").append("layer").append(layer);
        }
        spec.append("]\n");
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int job = 0; job < width; job++) {
                spec.append(name(layer, job))
                        .append(": {stage: layer")
                        .append(layer)
                        .append(", script: [':']");
                if (layer > 0) {
                    String first = name(layer - 1, job);
                    String second = name(layer - 1, (job + 1) % width);
                    spec.append(", needs: [").append(first).append(first.equals(second) ? "" : ", " + second);
                    spec.append(']');
                }
                spec.append("}\n");
            }
        }
        return spec.toString();
    }

    private static String name(int layer, int job) {
        return "job-" + layer + "-" + job;
    }

    /** Milliseconds from the first job's start to the end. */
    private static double build(Connection connection, byte[] source) throws IOException {
        long id = Json.number(Gateway.ask(connection, "submit " + Gateway.PROJECT, source), "id");
        String ended = Gateway.ask(connection, "wait " + id);
        return Duration.between(Instant.parse(Json.text(ended, "started")), Instant.parse(Json.text(ended, "finished")))
                .toMillis();
    }

    /** Milliseconds for so many, as many at a time as the gateway has places. */
    private static double atOnce(List<String> command, int times) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(Gateway.BUILDS_AT_ONCE)) {
            long from = System.nanoTime();
            List<Future<Boolean>> runs = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                runs.add(threads.submit(() -> {
                    Programs.run(command);
                    return true;
                }));
            }
            for (Future<Boolean> run : runs) {
                run.get();
            }
            return (System.nanoTime() - from) / 1e6;
        } catch (ExecutionException e) {
            throw new IOException("a sandbox failed", e.getCause());
        }
    }
}
