package io.sallyport.builds.log;

import io.sallyport.builds.Ticker;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The logs of all builds, in one folder that belongs to this store alone. All methods may be called from any thread. The
 * store has two threads, whatever the number of logs, and at most five descriptors per log that is written or read,
 * whatever the number of its readers. {@code docs/logs.md} tells about the files.
 */
public final class LogStore implements AutoCloseable {
    private static final Duration PULSE = Duration.ofNanos(500_000);
    private static final Duration LONGEST_PULSE = Duration.ofMillis(50);

    /** About what it takes to wake one, and to send it what there is. */
    private static final Duration FOLLOWER = Duration.ofNanos(40_000);

    private static final Duration SYNC = Duration.ofSeconds(1);

    private final Parts parts;

    /**
     * Opens the store.
     *
     * @param folder made if it is not there
     * @param limits of each log
     * @throws IOException when the folder cannot be made
     */
    public LogStore(Path folder, LogLimits limits) throws IOException {
        this(folder, limits, InstantSource.system());
    }

    LogStore(Path folder, LogLimits limits, InstantSource clock) throws IOException {
        Files.createDirectories(folder);
        LogFolder logs = new LogFolder(folder);
        OpenLogs open = new OpenLogs(logs);
        this.parts = new Parts(
                logs,
                limits,
                clock,
                open,
                new Ticker<>("log-pulse", Duration.ZERO, () -> rest(open.followers()), OpenLog::publish),
                new Ticker<>("log-sync", SYNC, () -> Duration.ZERO, LogStore::sync),
                new AtomicReference<>());
    }

    /** Each time that all of many are given something costs; so the more there are, the more they are given at a time. */
    private static Duration rest(int followers) {
        Duration rest = PULSE.plus(FOLLOWER.multipliedBy(followers));
        return rest.compareTo(LONGEST_PULSE) < 0 ? rest : LONGEST_PULSE;
    }

    private static void sync(LogWriter writer) {
        try {
            writer.sync();
        } catch (IOException e) {
            // The writer has kept it, and told everybody whom it concerns.
        }
    }

    /**
     * Makes an empty log.
     *
     * @throws FileAlreadyExistsException when the build has one
     */
    public BuildLog create(long build) throws IOException {
        LogFiles files = parts.logs().files(build);
        if (exists(build)) {
            throw new FileAlreadyExistsException(files.data().toString());
        }
        files.delete(); // what an earlier try left
        Files.write(files.index(), IndexHeader.fresh());
        Files.createFile(files.data());
        return new BuildLog(parts, build);
    }

    /**
     * The log of a build.
     *
     * @throws NoSuchFileException when it has none
     */
    public BuildLog open(long build) throws IOException {
        if (!exists(build)) {
            throw new NoSuchFileException(parts.logs().files(build).data().toString());
        }
        return new BuildLog(parts, build);
    }

    /** The log of a build, made empty when it has none. */
    public BuildLog of(long build) throws IOException {
        try {
            return exists(build) ? open(build) : create(build);
        } catch (FileAlreadyExistsException e) {
            return open(build); // somebody else has made it meanwhile
        }
    }

    /** Whether the build has a log. */
    public boolean exists(long build) {
        return Files.exists(parts.logs().files(build).data());
    }

    /**
     * The size of all files of a log; 0 when the build has none.
     *
     * @throws IOException when they cannot be looked at
     */
    public long bytes(long build) throws IOException {
        return parts.logs().files(build).bytes();
    }

    /**
     * Removes the log of a build; nothing happens when it has none. Readers may read on what they have open, followers
     * that wait are cut off.
     *
     * @throws IllegalStateException when it is being written
     */
    public void delete(long build) throws IOException {
        parts.logs().delete(build);
    }

    /** The first failure to make a log durable since the store was opened: its disk can no longer be trusted. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(parts.failure().get());
    }

    /** Cuts off all followers; writers are to be closed before. Repeated calls do nothing. */
    @Override
    public void close() {
        parts.logs().close();
        parts.pulse().close();
        parts.syncs().close();
    }

    /** What logs and their writers need of the store. */
    record Parts(
            LogFolder folder,
            LogLimits limits,
            InstantSource clock,
            OpenLogs logs,
            Ticker<OpenLog> pulse,
            Ticker<LogWriter> syncs,
            AtomicReference<IOException> failure) {
        void failed(IOException why) {
            failure.compareAndSet(null, why);
        }
    }
}
