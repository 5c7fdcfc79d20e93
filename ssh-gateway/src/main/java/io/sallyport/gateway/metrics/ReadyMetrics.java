package io.sallyport.gateway.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.docker.DockerExecutor;
import io.sallyport.builds.executor.docker.ReadyCount;
import java.util.function.Supplier;

/** How containers that were made ahead of their jobs have served; nothing happens to any where jobs run otherwise. */
public final class ReadyMetrics {
    private final PrometheusRegistry registry;
    private final Supplier<ReadyCount> count;

    /** Of that executor. */
    public ReadyMetrics(GatewayMetrics metrics, Executor executor) {
        this.registry = metrics.registry();
        this.count = executor instanceof DockerExecutor docker ? docker::ready : () -> ReadyCount.NONE;
    }

    /** Adds these measures to the others; once. */
    public void register() {
        CounterWithCallback.builder()
                .name("sallyport_ready_jobs")
                .help("Jobs that could take a container made ahead: those that have, and those that found none")
                .labelNames("container")
                .callback(told -> {
                    ReadyCount now = count.get();
                    told.call((double) now.taken(), "taken");
                    told.call((double) now.missed(), "missed");
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("sallyport_ready_containers")
                .help("Containers made ahead that wait for a job")
                .callback(told -> told.call(count.get().waiting()))
                .register(registry);
    }
}
