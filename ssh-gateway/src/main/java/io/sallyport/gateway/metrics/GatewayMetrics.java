package io.sallyport.gateway.metrics;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import io.sallyport.builds.executor.Executor;
import io.sallyport.handlers.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * All measures of one gateway, from its start on. No label has a value that a caller can make up: routes are those of the
 * table, projects those that exist, statuses those of the answers. Methods may be called from any thread.
 */
public final class GatewayMetrics implements Metrics {
    private static final double[] SHORT = {0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2};
    private static final double[] REQUESTS = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 2, 10, 60, 600};
    private static final double[] STEPS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final OpenMetricsTextFormatWriter writer = OpenMetricsTextFormatWriter.create();
    private final Counter requests;
    private final Histogram durations;
    private final DistributionDataPoint decisions;
    private final Counter bytes;
    private final Histogram storage;
    private final Histogram steps;

    /** Nothing has been measured yet. */
    public GatewayMetrics(String version) {
        JvmMetrics.builder().register(registry);
        Info.builder()
                .name("sallyport_build")
                .help("The gateway's version")
                .labelNames("version")
                .register(registry)
                .setLabelValues(version);
        this.requests = Counter.builder()
                .name("sallyport_requests")
                .help("Requests that were answered")
                .labelNames("route", "surface", "status")
                .register(registry);
        this.durations = Histogram.builder()
                .name("sallyport_request_duration")
                .help("From the decision on a request to the end of its answer, streams included")
                .unit(Unit.SECONDS)
                .labelNames("route")
                .classicOnly()
                .classicUpperBounds(REQUESTS)
                .register(registry);
        this.decisions = Histogram.builder()
                .name("sallyport_request_decision")
                .help(
                        "From the arrival of a request to the decision on it, with its audit record where it must be on disk")
                .unit(Unit.SECONDS)
                .classicOnly()
                .classicUpperBounds(SHORT)
                .register(registry);
        this.bytes = Counter.builder()
                .name("sallyport_request")
                .help("Bytes of bodies that were read, and of answers that were sent")
                .unit(Unit.BYTES)
                .labelNames("direction")
                .register(registry);
        this.storage = Histogram.builder()
                .name("sallyport_storage_sync")
                .help("Commits of the databases, and blobs made durable, each with its fsync")
                .unit(Unit.SECONDS)
                .labelNames("store")
                .classicOnly()
                .classicUpperBounds(SHORT)
                .register(registry);
        this.steps = Histogram.builder()
                .name("sallyport_executor_step")
                .help(
                        "What an executor does for a job: preparing its place, starting commands, taking artifacts, removing all")
                .unit(Unit.SECONDS)
                .labelNames("executor", "step")
                .classicOnly()
                .classicUpperBounds(STEPS)
                .register(registry);
    }

    @Override
    public void answered(Answered request) {
        requests.labelValues(request.route(), request.surface(), Integer.toString(request.status()))
                .inc();
        durations.labelValues(request.route()).observe(seconds(request.ran()));
        decisions.observe(seconds(request.decided()));
        bytes.labelValues("in").inc(request.in());
        bytes.labelValues("out").inc(request.out());
    }

    @Override
    public String text() {
        try {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            writer.write(text, registry.scrape());
            return text.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is to be told how long each commit of a store took. */
    public Consumer<Duration> storage(String store) {
        DistributionDataPoint point = storage.labelValues(store);
        return took -> point.observe(seconds(took));
    }

    /** The same executor, measured. */
    public Executor measured(Executor executor) {
        return new MeasuredExecutor(
                executor,
                (step, took) -> steps.labelValues(executor.name(), step).observe(seconds(took)));
    }

    /** Where other measures are registered. */
    PrometheusRegistry registry() {
        return registry;
    }

    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
