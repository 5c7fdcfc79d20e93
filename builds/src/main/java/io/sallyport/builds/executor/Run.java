package io.sallyport.builds.executor;

import java.io.IOException;
import java.time.Duration;

/** One job on an executor, see {@link Executor} for order and threads. */
public interface Run extends AutoCloseable {
    /**
     * Starts the script. Its output goes to {@code output} from threads of the run's, unchanged and in the order of
     * each stream, until {@link #await} returns.
     *
     * @throws IOException when the script cannot be started: the job is errored, not failed
     */
    void start(JobOutput output) throws IOException;

    /**
     * Waits until the script has ended, all its processes are gone and all its output has been given over.
     *
     * @throws IOException when the end cannot be learned (an engine that is gone)
     * @throws InterruptedException when the thread is interrupted; the job goes on
     */
    Exit await() throws IOException, InterruptedException;

    /**
     * Ends every process of the job: asked politely (SIGTERM) first, by force after the grace time. Returns at once;
     * {@link #await} tells when it is done. Before {@link #start} it makes the start end at once. Repeated calls, and
     * calls after the end, do nothing.
     */
    void stop(Duration grace);

    /**
     * Hands over the files that the order's artifact rules name. Links are not followed, neither the named one nor one
     * on the way to it. What is named but not handed over (links, pipes, files that may not be read), and rules that
     * name nothing, are said as system lines of the output that {@link #start} was given.
     *
     * @throws IOException when a disk fails, a limit is reached or the sink refuses
     */
    void collect(ArtifactSink sink) throws IOException, InterruptedException;

    /** Removes the workspace and everything else of the job. Repeated calls do nothing; failures are logged. */
    @Override
    void close();
}
