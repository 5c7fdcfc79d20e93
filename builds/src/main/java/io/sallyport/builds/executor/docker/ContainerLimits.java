package io.sallyport.builds.executor.docker;

import java.util.List;

/**
 * What one container may use; the job's and each service's alike.
 *
 * @param memoryBytes with no swap on top, from 6 MiB, the least that an engine takes
 * @param cpus processors, also parts of one, from 0.01
 * @param processes and threads at once, at least 16
 * @param sharedMemoryBytes in its {@code /dev/shm}, at least 1
 * @param logBytes of its output that the engine keeps for a gateway that comes back, at least 1 MiB
 */
public record ContainerLimits(long memoryBytes, double cpus, int processes, long sharedMemoryBytes, long logBytes) {
    /** 4 GiB of memory, two processors, 4,096 processes, 256 MiB of shared memory, 256 MiB of output. */
    public static final ContainerLimits DEFAULT = new ContainerLimits(4L << 30, 2, 4096, 256L << 20, 256L << 20);

    /** Bytes, the least that an engine takes. */
    public static final long LEAST_MEMORY = 6 << 20;
    /** Processors, the least that a kernel gives. */
    public static final double LEAST_CPUS = 0.01;
    /** Of one container. */
    public static final int LEAST_PROCESSES = 16;
    /** Bytes, the least that is of use to a gateway that comes back. */
    public static final long LEAST_LOG = 1 << 20;

    private static final double NANOS = 1e9;
    private static final int STEP = 1024;

    /** Refuses what no engine takes. */
    public ContainerLimits {
        require(memoryBytes >= LEAST_MEMORY, "memory", memoryBytes);
        require(cpus >= LEAST_CPUS, "processors", cpus);
        require(processes >= LEAST_PROCESSES, "processes", processes);
        require(sharedMemoryBytes >= 1, "shared memory", sharedMemoryBytes);
        require(logBytes >= LEAST_LOG, "output", logBytes);
    }

    private static void require(boolean holds, String what, Number given) {
        if (!holds) {
            throw new IllegalArgumentException("less than any engine takes: " + what + " " + given);
        }
    }

    /** The memory as settings are written, such as {@code 64MiB}. */
    String memoryText() {
        List<String> units = List.of("", "KiB", "MiB", "GiB", "TiB");
        long amount = memoryBytes;
        int unit = 0;
        while (amount % STEP == 0 && unit < units.size() - 1) {
            amount /= STEP;
            unit++;
        }
        return amount + units.get(unit);
    }

    /** Processors in the engine's unit, a billionth. */
    long nanoCpus() {
        return Math.round(cpus * NANOS);
    }
}
