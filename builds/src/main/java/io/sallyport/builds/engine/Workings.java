package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.visit.Rooms;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * What builds need of their engine.
 *
 * @param parts of the engine
 * @param settings of the engine
 * @param scheduler gives their jobs places
 * @param live carries messages
 * @param alarms wake them
 * @param rooms the jobs that somebody may be let into
 * @param timer for timeouts of jobs
 * @param patience with records that cannot be written
 * @param ended told of each build that has ended
 */
record Workings(
        EngineParts parts,
        EngineSettings settings,
        Scheduler scheduler,
        LiveBuilds live,
        Alarms alarms,
        Rooms rooms,
        ScheduledExecutorService timer,
        Patience patience,
        Consumer<Build> ended) {}
