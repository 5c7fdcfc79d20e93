package io.sallyport.builds.executor;

import java.io.IOException;
import java.util.Optional;

/**
 * Where jobs run. The life of a job is {@link #prepare}; {@link Run#unpack} as often as wanted; {@link Run#start} and
 * {@link Run#await}, once or several times; {@link Run#collect} and {@link Run#pack} as often as wanted while nothing of
 * the job runs;
 * {@link Run#close}. All of it comes from one (virtual) thread at a time; only {@link Run#stop} and {@link Run#close}
 * come from any thread and at any time. What is called out of turn throws {@link IllegalStateException}. Several jobs
 * run at once. An executor is closed after all its runs.
 */
public interface Executor extends AutoCloseable {
    /** The name that records and {@code GET /} show, such as {@code process}. */
    String name();

    /** How jobs are kept apart here, and which limits are enforced. */
    Isolation isolation();

    /** Whether a job runs in the image that its spec names; else it runs on the gateway's own system. */
    boolean usesImages();

    /**
     * Makes a workspace with the job's source in it. Nothing of the job runs yet.
     *
     * @throws IOException when the workspace cannot be made (a full disk, an unreachable engine), or the order has what
     *     no job can be given: the job is errored
     * @throws InterruptedException when the thread is interrupted; nothing is left behind
     */
    Run prepare(JobOrder order) throws IOException, InterruptedException;

    /**
     * After a restart: finds the job that an earlier gateway started and whose commands still run, ready for
     * {@link Run#await} and what comes after that. What the job has printed since is given to the output as if there had been no restart.
     *
     * @return empty when it does not run any more or cannot be found again; whatever is left of it has been removed
     * @throws IOException when the place where jobs run cannot be asked
     */
    Optional<Run> recover(JobOrder order, JobOutput output) throws IOException, InterruptedException;

    /** Ends everything that still runs and frees what is held. Repeated calls do nothing. */
    @Override
    void close();
}
