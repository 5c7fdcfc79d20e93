package io.sallyport.handlers;

import io.sallyport.builds.executor.Entry;
import io.sallyport.builds.executor.Visit;
import io.sallyport.builds.executor.VisitOutput;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The way into a job, for a surface that carries bytes both ways; to be closed by it, whether somebody has gone in or not.
 * May be used from any thread, but is gone into once.
 */
public interface Entrance extends AutoCloseable {
    /** What people are told before they are in; empty where programs talk. */
    Optional<String> greeting();

    /**
     * Goes in.
     *
     * @param terminal of who goes in, where they have one and there is use for it
     * @param variables what they have said of themselves, such as {@code TERM}
     * @param output takes what is said there
     * @throws InterruptedException when the peer is gone
     */
    Opening open(Optional<Entry.Terminal> terminal, Map<String, String> variables, VisitOutput output)
            throws InterruptedException;

    /** What comes of it. */
    sealed interface Opening {
        /** They are in. */
        record In(Visit visit) implements Opening {}

        /** They are not. */
        record Shut(Problem problem) implements Opening {}
    }

    /** Names who is told what happens to the job meanwhile, in words for people. */
    void onNews(Consumer<String> listener);

    /** Whether who went in may still be there, by the rights of this moment. */
    boolean mayStay();

    /** Ends what is left of the visit. Repeated calls do nothing. */
    @Override
    void close();
}
