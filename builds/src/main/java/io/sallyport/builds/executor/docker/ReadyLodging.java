package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.JobOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A container that was started ahead: its first shell has only to be told its script. */
final class ReadyLodging implements Lodging {
    private final EngineLodging lodging;
    private final AtomicBoolean used = new AtomicBoolean();

    ReadyLodging(EngineLodging lodging) {
        this.lodging = lodging;
    }

    @Override
    public Container container() {
        return lodging.container();
    }

    @Override
    public Optional<String> node() {
        return lodging.node();
    }

    @Override
    public boolean lasts() {
        return lodging.lasts();
    }

    @Override
    public boolean isFurnished() {
        return lodging.isFurnished();
    }

    @Override
    public Entrance open(JobOutput output, BooleanSupplier called) {
        return lodging.open(output, called);
    }

    @Override
    public void watch(Consumer<String> gone) {
        lodging.watch(gone);
    }

    @Override
    public Optional<String> whyEnded() {
        return lodging.whyEnded();
    }

    /**
     * One that runs is not started: a short script may have ended by then, and would be started twice. One that went down
     * with its engine is as one that was never started.
     */
    @Override
    public InputStream converse(InputStream script) throws EngineException, InterruptedException {
        boolean first = used.compareAndSet(false, true);
        return first && container().state().running() ? container().attach(script) : lodging.converse(script);
    }

    @Override
    public void tellOfEnded(JobOutput output) throws IOException, InterruptedException {
        lodging.tellOfEnded(output);
    }

    @Override
    public void remove() {
        lodging.remove();
    }
}
