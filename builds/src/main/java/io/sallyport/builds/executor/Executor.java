package io.sallyport.builds.executor;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where jobs run. The life of a job is {@link #prepare}; {@link Run#unpack} as often as wanted; {@link Run#start} and
 * {@link Run#await}, once or several times; {@link Run#collect} and {@link Run#pack} as often as wanted while nothing of
 * the job runs;
 * {@link Run#close}. All of it comes from one (virtual) thread at a time; only {@link Run#stop}, {@link Run#enter} and
 * {@link Run#close} come from any thread and at any time. What is called out of turn throws {@link IllegalStateException}. Several jobs
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
     * The machines that jobs run on, as they are at the moment.
     *
     * @throws IOException when nobody who knows can be asked
     * @throws InterruptedException when the thread is interrupted
     */
    List<Node> nodes() throws IOException, InterruptedException;

    /**
     * Makes a workspace with the job's source in it. Nothing of the job runs yet.
     *
     * @throws IOException when the workspace cannot be made (a full disk, an unreachable engine), or the order has what
     *     no job can be given: the job is errored
     * @throws InterruptedException when the thread is interrupted; nothing is left behind
     */
    Run prepare(JobOrder order) throws IOException, InterruptedException;

    /** Whether jobs can outlive their gateway, so that {@link #recover} may find some. */
    boolean outlives();

    /**
     * After a restart, before all else: removes what earlier gateways have left, but for what belongs to some runs, which
     * are asked for by {@link #recover} next. When that cannot be done now, it is as soon as it can.
     *
     * @param runs the names of these, see {@link JobOrder#runName}
     */
    void removeLeft(Set<String> runs) throws InterruptedException;

    /**
     * After a restart: finds the job that an earlier gateway has started, ready for {@link Run#await} and what comes after
     * that. All that its first commands have printed is given to the output again, from the beginning, as if they had just been started:
     * what the output has already it leaves out itself.
     *
     * @param commands those that it was started with first
     * @return empty when it cannot be found again, or not all that it has printed; whatever is left of it has been removed
     * @throws IOException when the place where jobs run cannot be asked
     */
    Optional<Run> recover(JobOrder order, Commands commands, JobOutput output) throws IOException, InterruptedException;

    /** Ends everything that still runs and frees what is held. Repeated calls do nothing. */
    @Override
    void close();
}
