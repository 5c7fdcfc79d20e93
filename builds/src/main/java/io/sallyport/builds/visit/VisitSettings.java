package io.sallyport.builds.visit;

import java.time.Duration;

/**
 * What bounds visits to jobs.
 *
 * @param shells that are open at the same time
 * @param shellsPerIdentity of these, those of one identity
 * @param shellsPerJob of these, those in one job
 * @param connectionsPerIdentity to ports of jobs, at the same time
 * @param keepFailed how long a failed job is kept when its submission asks for that and does not say for how long
 * @param longestKeep how long a failed job is kept at most, whoever asks and whoever is in it
 * @param kept failed jobs at the same time; of more, the one whose time is over first goes
 */
public record VisitSettings(
        int shells,
        int shellsPerIdentity,
        int shellsPerJob,
        int connectionsPerIdentity,
        Duration keepFailed,
        Duration longestKeep,
        int kept) {
    /** 20 shells, 5 of one identity and in one job, 64 connections; 4 failed jobs for ten minutes, an hour at most. */
    public static final VisitSettings DEFAULT =
            new VisitSettings(20, 5, 5, 64, Duration.ofMinutes(10), Duration.ofHours(1), 4);
}
