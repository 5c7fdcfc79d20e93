package io.sallyport.builds.outward;

import java.time.Duration;

/**
 * What bounds reports.
 *
 * @param perProject reports of a project
 * @param waiting states of builds that may wait to be sent, of one report; the oldest make room
 * @param atOnce that are being sent at the same time
 * @param timeout of one try, when the host's addresses are known, to the end of the answer
 * @param tries to send one state
 * @param keepTrying how old a state may be and still be tried again
 * @param firstRetry about how long after a first failure
 * @param longestRetry between two tries at most
 */
public record ReportLimits(
        int perProject,
        int waiting,
        int atOnce,
        Duration timeout,
        int tries,
        Duration keepTrying,
        Duration firstRetry,
        Duration longestRetry) {}
