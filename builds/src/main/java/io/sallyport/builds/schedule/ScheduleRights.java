package io.sallyport.builds.schedule;

import io.sallyport.builds.Project;

/** Says what those who have written schedules may do, at the moment when one is due. */
@FunctionalInterface
public interface ScheduleRights {
    /**
     * Whether the owner of a schedule may submit its build now, with the rights of this moment. Asked once before each
     * build, on the thread of the schedules, which it may keep waiting for a disk; whoever answers keeps the record of it.
     *
     * @throws InterruptedException when the gateway goes down
     */
    Answer submit(Schedule schedule, Project project) throws InterruptedException;

    /** What it answers. */
    sealed interface Answer {
        /** They may; {@code trusted} when its ref is protected. */
        record Allowed(boolean trusted) implements Answer {}

        /** They may not, until somebody writes the schedule anew; {@code reason} is for its maintainers. */
        record Denied(String reason) implements Answer {}

        /** It cannot be said now, and is to be asked again; {@code reason} is for the schedule's maintainers. */
        record Unknown(String reason) implements Answer {}
    }
}
