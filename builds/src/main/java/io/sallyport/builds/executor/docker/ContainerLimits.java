package io.sallyport.builds.executor.docker;

/**
 * What one container may use; the job's and each service's alike.
 *
 * @param memoryBytes with no swap on top, from 6 MiB, the least that an engine takes
 * @param cpus processors, also parts of one, above 0
 * @param processes and threads at once, at least 16
 * @param sharedMemoryBytes in its {@code /dev/shm}, at least 1
 * @param logBytes of its output that the engine keeps for a gateway that comes back, at least 1 MiB
 */
public record ContainerLimits(long memoryBytes, double cpus, int processes, long sharedMemoryBytes, long logBytes) {
    /** 4 GiB of memory, two processors, 4,096 processes, 256 MiB of shared memory, 256 MiB of output. */
    public static final ContainerLimits DEFAULT = new ContainerLimits(4L << 30, 2, 4096, 256L << 20, 256L << 20);

    private static final double NANOS = 1e9;

    /** Refuses what no engine takes. */
    public ContainerLimits {
        if (memoryBytes < 6 << 20 || !(cpus > 0) || processes < 16 || sharedMemoryBytes < 1 || logBytes < 1 << 20) {
            throw new IllegalArgumentException("limits that no engine takes: memory " + memoryBytes + ", processors "
                    + cpus + ", processes " + processes + ", shared memory " + sharedMemoryBytes + ", log " + logBytes);
        }
    }

    /** Processors in the engine's unit, a billionth. */
    long nanoCpus() {
        return Math.round(cpus * NANOS);
    }
}
