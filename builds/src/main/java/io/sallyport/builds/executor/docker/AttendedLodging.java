package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.JobOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A lodging whose comings and goings a {@link ReadyPool} is told of. */
record AttendedLodging(Lodging lodging, ReadyPool.Guest guest) implements Lodging {
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
    public Entrance open(JobOutput output, BooleanSupplier called) throws IOException, InterruptedException {
        return lodging.open(output, called);
    }

    @Override
    public void watch(Consumer<String> gone) {
        lodging.watch(gone);
    }

    @Override
    public Optional<String> whyEnded() throws InterruptedException {
        return lodging.whyEnded();
    }

    @Override
    public InputStream converse(InputStream script) throws EngineException, InterruptedException {
        InputStream printed = lodging.converse(script);
        guest.settle();
        return printed;
    }

    @Override
    public void tellOfEnded(JobOutput output) throws IOException, InterruptedException {
        lodging.tellOfEnded(output);
    }

    @Override
    public void remove() {
        lodging.remove();
        guest.leave();
    }
}
