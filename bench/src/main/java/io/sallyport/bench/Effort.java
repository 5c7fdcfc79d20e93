package io.sallyport.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param warmUp requests before anything counts
 * @param connections new connections of each side and client
 * @param requests on an open connection, of each side
 * @param transfers of each kind and side
 * @param bytes of a transfer
 * @param idle connections held open at the gateway
 * @param idleAtSshd the same at sshd, where each is a process
 * @param jobs started
 * @param identities that a gateway knows when log-in among many is measured, each with ten keys
 * @param sessions idle subsystem sessions held open at the gateway
 * @param followers of one log at the same time
 * @param turn how long a share of a processor is watched
 */
record Effort(
        int warmUp,
        int connections,
        int requests,
        int transfers,
        long bytes,
        int idle,
        int idleAtSshd,
        int jobs,
        int identities,
        int sessions,
        int followers,
        Duration turn) {
    static final Effort FULL =
            new Effort(1000, 50, 2000, 5, 1L << 30, 1000, 150, 50, 10_000, 10_000, 1000, Duration.ofSeconds(10));
    static final Effort QUICK =
            new Effort(200, 10, 200, 2, 256L << 20, 300, 40, 10, 500, 500, 100, Duration.ofSeconds(3));

    double mebibytes() {
        return bytes / (double) (1 << 20);
    }
}
