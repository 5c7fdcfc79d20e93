package io.sallyport.gateway.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import io.sallyport.builds.Build;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.event.Event;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventReader;
import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Counts builds and jobs by following the events as any reader does, on a thread of its own: nothing waits for it. What was
 * before the start of the gateway is not counted.
 */
public final class BuildMetrics implements AutoCloseable {
    private static final Set<EventType> COUNTED =
            Set.of(EventType.BUILD_QUEUED, EventType.BUILD_STARTED, EventType.BUILD_ENDED, EventType.JOB_ENDED);
    private static final double[] SECONDS = {0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14400};

    private final Engine engine;
    private final EventReader reader;
    private final Counter queued;
    private final Counter ended;
    private final Counter jobs;
    private final Histogram waits;
    private final Histogram durations;
    private final Thread thread;

    private BuildMetrics(PrometheusRegistry registry, Engine engine, EventReader reader) {
        this.engine = engine;
        this.reader = reader;
        this.queued = Counter.builder()
                .name("sallyport_builds_queued")
                .help("Builds that were accepted")
                .labelNames("project")
                .register(registry);
        this.ended = Counter.builder()
                .name("sallyport_builds_ended")
                .help("Builds that are over")
                .labelNames("project", "state")
                .register(registry);
        this.jobs = Counter.builder()
                .name("sallyport_jobs_ended")
                .help("Jobs that are over")
                .labelNames("project", "state")
                .register(registry);
        this.waits = histogram("sallyport_build_wait", "From the acceptance of a build to its first job")
                .register(registry);
        this.durations = histogram("sallyport_build_duration", "From the first job of a build to its end")
                .register(registry);
        this.thread = Thread.ofVirtual().name("build-metrics").unstarted(this::follow);
    }

    private static Histogram.Builder histogram(String name, String help) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .unit(Unit.SECONDS)
                .labelNames("project")
                .classicOnly()
                .classicUpperBounds(SECONDS);
    }

    /** Counts from now on. */
    public static BuildMetrics start(GatewayMetrics metrics, Engine engine, EventLog events) {
        return switch (events.read(topic -> COUNTED.contains(topic.type()), new Start.Newest(), true)) {
            case EventLog.Reading.Open open -> {
                BuildMetrics counting = new BuildMetrics(metrics.registry(), engine, open.reader());
                counting.thread.start();
                yield counting;
            }
            case EventLog.Reading.TooOld old -> throw new IllegalStateException("the newest event is too old");
            case EventLog.Reading.NotYet not -> throw new IllegalStateException("the newest event is not there yet");
        };
    }

    /** Counts no more. Repeated calls do nothing. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void follow() {
        try {
            while (reader.next() instanceof EventReader.Next.Found found) {
                count(found.event());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void count(Event event) {
        String project = event.topic().project();
        switch (event.topic().type()) {
            case BUILD_QUEUED -> queued.labelValues(project).inc();
            case BUILD_STARTED ->
                engine.build(event.build().orElseThrow())
                        .ifPresent(build -> observe(waits, build, build.created(), event.time()));
            case BUILD_ENDED -> {
                ended.labelValues(project, event.facts().path("state").asText()).inc();
                engine.build(event.build().orElseThrow())
                        .ifPresent(build ->
                                build.started().ifPresent(started -> observe(durations, build, started, event.time())));
            }
            case JOB_ENDED ->
                jobs.labelValues(project, event.facts().path("state").asText()).inc();
            default -> throw new IllegalStateException("not asked for: " + event);
        }
    }

    private static void observe(Histogram histogram, Build build, Instant from, Instant to) {
        histogram.labelValues(build.project()).observe(GatewayMetrics.seconds(Duration.between(from, to)));
    }
}
