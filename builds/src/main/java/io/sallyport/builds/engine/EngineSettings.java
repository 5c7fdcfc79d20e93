package io.sallyport.builds.engine;

import io.sallyport.builds.source.SourceLimits;
import io.sallyport.builds.visit.VisitSettings;
import java.time.Duration;

/**
 * How the engine runs builds.
 *
 * @param atOnce jobs that run at the same time, from 1
 * @param jobsPerIdentity of these, of builds that one identity has submitted, from 1
 * @param queue builds that may wait, from 1
 * @param queuePerIdentity of these, those that one identity has submitted, from 1
 * @param timeout of a job whose spec names none
 * @param longestTimeout that a spec may name
 * @param afterScript the longest time of an {@code after_script}
 * @param manualWait how long a build waits for somebody to start a job before it is canceled
 * @param stopGrace between asking a job to end and ending it by force
 * @param shutdownGrace for running builds when the engine is closed; after it they are stopped and queued again
 * @param artifactBytes kept of one build at most
 * @param source bounds of a submission
 * @param jobs that one build may have, from 1
 * @param lintBytes of a source whose spec is checked and that is not built
 * @param visits who may be in jobs, and which are kept for that
 */
public record EngineSettings(
        int atOnce,
        int jobsPerIdentity,
        int queue,
        int queuePerIdentity,
        Duration timeout,
        Duration longestTimeout,
        Duration afterScript,
        Duration manualWait,
        Duration stopGrace,
        Duration shutdownGrace,
        long artifactBytes,
        SourceLimits source,
        int jobs,
        long lintBytes,
        VisitSettings visits) {}
