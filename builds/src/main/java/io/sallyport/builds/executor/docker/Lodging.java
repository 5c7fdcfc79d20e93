package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.JobOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Where a job's container is, and how shells come and go in it. Any thread. */
interface Lodging {
    /** What has come of opening it. */
    sealed interface Entrance {
        /** Shells can run. */
        record Open() implements Entrance {}

        /** They cannot. */
        sealed interface Never extends Entrance {}

        /** They never will, and it is no use to try again. */
        record Closed(String reason) implements Never {}

        /** What was there, or was to be, is there no more. */
        record Gone(String reason) implements Never {}
    }

    /** There is none before {@link #open} has returned where that was needed. */
    Container container();

    /** The name of the machine it is on, where there are several. */
    Optional<String> node();

    /** Whether the container goes on when a shell has ended, so that others can follow; else it is started for each. */
    boolean lasts();

    /** Whether the folders of a job are there before anybody puts them there. */
    boolean isFurnished();

    /**
     * Once before the first shell, also one that is taken up: waits until the container is there where it comes by itself,
     * and hands over what its image's entrypoint prints before that makes way.
     *
     * @param called asked whether to wait no longer; the answer means nothing then
     */
    Entrance open(JobOutput output, BooleanSupplier called) throws IOException, InterruptedException;

    /** From then on: says why, once, should the container be gone with no word of its engine's. */
    void watch(Consumer<String> gone);

    /**
     * Why the container was ended, as far as whoever runs it beside its engine knows, to be told after "the container was
     * ended from outside: "; empty where there is nobody, or nothing to be told. May wait some seconds for it to be known.
     */
    Optional<String> whyEnded() throws InterruptedException;

    /**
     * Lets the next shell read its script.
     *
     * @return what it and its commands print, in the frames of {@link Frames}, to be closed by the caller
     */
    InputStream converse(InputStream script) throws EngineException, InterruptedException;

    /** Says which of the job's services do not run any more. */
    void tellOfEnded(JobOutput output) throws IOException, InterruptedException;

    /** Removes the container with all that was made for it; failures are logged. */
    void remove();
}
