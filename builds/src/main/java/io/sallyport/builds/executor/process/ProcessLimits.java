package io.sallyport.builds.executor.process;

/**
 * What one job may use. Memory, processor time and disk are not among it: the machine's are shared by all.
 *
 * @param processes and threads at once in a sandbox, at least 16
 * @param sharedMemoryBytes in a sandbox's {@code /dev/shm}, at least 1
 * @param artifactFiles files kept of one job, more fail the collection
 * @param artifactEntries files and folders looked at to find them or to pack a cache, or unpacked into a workspace at
 *     once; more fail that
 */
public record ProcessLimits(int processes, long sharedMemoryBytes, int artifactFiles, int artifactEntries) {
    /** 4,096 processes, 256 MiB of shared memory, 10,000 artifacts among 500,000 entries. */
    public static final ProcessLimits DEFAULT = new ProcessLimits(4096, 256L << 20, 10_000, 500_000);

    /** Refuses what makes no sense. */
    public ProcessLimits {
        if (processes < 16 || sharedMemoryBytes < 1 || artifactFiles < 1 || artifactEntries < 1) {
            throw new IllegalArgumentException("limits that make no sense: processes " + processes
                    + ", shared memory " + sharedMemoryBytes + ", artifacts " + artifactFiles + " of "
                    + artifactEntries);
        }
    }
}
