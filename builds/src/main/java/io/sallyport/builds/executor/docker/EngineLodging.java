package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.JobOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A container on the one engine, which is started for each shell.
 *
 * @param isFurnished whether it was made with the folders of a job
 */
record EngineLodging(Container container, JobNetwork network, boolean isFurnished) implements Lodging {
    @Override
    public Optional<String> node() {
        return Optional.empty();
    }

    @Override
    public boolean lasts() {
        return false;
    }

    /** Nothing: the entrypoint runs with each shell, and what it prints comes before that's. */
    @Override
    public Entrance open(JobOutput output, BooleanSupplier called) {
        return new Entrance.Open();
    }

    /** Nothing: the engine is there, or what is read from it breaks off. */
    @Override
    public void watch(Consumer<String> gone) {}

    @Override
    public Optional<String> whyEnded() {
        return Optional.empty();
    }

    @Override
    public InputStream converse(InputStream script) throws EngineException, InterruptedException {
        InputStream printed = container.attach(script);
        try {
            container.start();
            return printed;
        } catch (EngineException | InterruptedException e) {
            Container.close(printed);
            throw e;
        }
    }

    @Override
    public void tellOfEnded(JobOutput output) throws IOException, InterruptedException {
        network.tellOfEnded(output);
    }

    @Override
    public void remove() {
        container.removeOrLog();
        network.remove();
    }
}
