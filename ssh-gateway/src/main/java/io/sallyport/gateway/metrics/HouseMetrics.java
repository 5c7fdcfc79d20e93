package io.sallyport.gateway.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.engine.QueueEntry;
import io.sallyport.handlers.Connections;
import io.sallyport.handlers.Doorway;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What is looked up at the moment when somebody asks. */
public final class HouseMetrics {
    private final PrometheusRegistry registry;
    private final Engine engine;
    private final InstantSource clock;

    private final Doorway door;
    private final Path state;
    private final BooleanSupplier readOnly;

    /**
     * Of these parts of the house.
     *
     * @param state the folder whose disk fills
     * @param readOnly whether a disk has failed
     */
    public HouseMetrics(
            GatewayMetrics metrics,
            Engine engine,
            Doorway door,
            Path state,
            BooleanSupplier readOnly,
            InstantSource clock) {
        this.registry = metrics.registry();
        this.engine = engine;
        this.clock = clock;
        this.door = door;
        this.state = state;
        this.readOnly = readOnly;
    }

    /** Adds these measures to the others; once. */
    public void register() {
        connections(door.connections());
        CounterWithCallback.builder()
                .name("sallyport_limit_hits")
                .help("How often a limit was reached")
                .labelNames("limit")
                .callback(told -> door.hits().counts().forEach((limit, count) -> told.call(count, limit)))
                .register(registry);
        GaugeWithCallback.builder()
                .name("sallyport_queue_builds")
                .help("Builds that have not begun")
                .labelNames("project")
                .callback(told -> counts().forEach((project, count) -> told.call(count, project)))
                .register(registry);
        GaugeWithCallback.builder()
                .name("sallyport_queue_oldest")
                .help("How long the build waits that has waited longest")
                .unit(Unit.SECONDS)
                .labelNames("project")
                .callback(told -> oldest().forEach((project, age) -> told.call(age, project)))
                .register(registry);
        gauge(
                "sallyport_places",
                "Jobs that may run at the same time",
                () -> engine.settings().atOnce());
        GaugeWithCallback.builder()
                .name("sallyport_disk_free")
                .help("What the disk of the state directory has left")
                .unit(Unit.BYTES)
                .callback(told -> told.call((double) state.toFile().getUsableSpace()))
                .register(registry);
        gauge(
                "sallyport_read_only",
                "1 since a disk failed to keep what it was given",
                () -> readOnly.getAsBoolean() ? 1 : 0);
    }

    private void connections(Connections connections) {
        gauge(
                "sallyport_connections",
                "Connections that have logged in",
                () -> connections.all().size());
        gauge(
                "sallyport_channels",
                "Channels of these",
                () -> connections.all().stream()
                        .mapToInt(Connections.Connection::channels)
                        .sum());
    }

    /** A value that is asked for. */
    @FunctionalInterface
    private interface Value {
        double now();
    }

    private void gauge(String name, String help, Value value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(told -> told.call(value.now()))
                .register(registry);
    }

    /** Builds that wait; jobs of those that have begun are not among them. */
    private Stream<QueueEntry> waiting() {
        return engine.queue().stream().filter(entry -> entry.job().isEmpty());
    }

    /** Of all projects, those with none too: a measure that comes and goes is hard to watch. */
    private Map<String, Double> counts() {
        return waiting(entry -> 1, Double::sum);
    }

    private Map<String, Double> oldest() {
        Instant now = clock.instant();
        return waiting(entry -> GatewayMetrics.seconds(Duration.between(entry.since(), now)), Math::max);
    }

    private Map<String, Double> waiting(ToDoubleFunction<QueueEntry> value, BinaryOperator<Double> together) {
        Map<String, Double> all = new TreeMap<>();
        engine.projects().all().forEach(project -> all.put(project.name(), 0.0));
        waiting().forEach(entry -> all.merge(entry.project(), value.applyAsDouble(entry), together));
        return all;
    }
}
