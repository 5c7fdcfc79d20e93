package io.sallyport.builds.executor.process;

/**
 * What one job may use, where a sandbox is.
 *
 * @param processes and threads at once, at least 16
 * @param memoryBytes of all its processes together, 0 for as much as there is; holds only where the gateway may make
 *     control groups, see {@link io.sallyport.builds.executor.Isolation#enforced()}
 * @param sharedMemoryBytes in {@code /dev/shm}, at least 1
 * @param artifactFiles files kept of one job, more fail the collection
 * @param artifactEntries files and folders looked at to find them, more fail the collection
 */
public record ProcessLimits(
        int processes, long memoryBytes, long sharedMemoryBytes, int artifactFiles, int artifactEntries) {
    /** 4,096 processes, memory as there is, 256 MiB of it shared, 10,000 artifacts among 1,000,000 entries. */
    public static final ProcessLimits DEFAULT = new ProcessLimits(4096, 0, 256L << 20, 10_000, 1_000_000);

    /** Refuses what makes no sense. */
    public ProcessLimits {
        if (processes < 16
                || memoryBytes < 0
                || sharedMemoryBytes < 1
                || artifactFiles < 1
                || artifactEntries < artifactFiles) {
            throw new IllegalArgumentException("limits that make no sense: processes " + processes + ", memory "
                    + memoryBytes + ", shared memory " + sharedMemoryBytes + ", artifacts " + artifactFiles + " of "
                    + artifactEntries);
        }
    }
}
