package io.sallyport.builds.schedule;

import java.time.Duration;

/**
 * What bounds schedules.
 *
 * @param perProject schedules of a project, from 1
 * @param catchUp how late a build is still made for a time at which it could not be; for older times none is
 */
public record ScheduleLimits(int perProject, Duration catchUp) {}
