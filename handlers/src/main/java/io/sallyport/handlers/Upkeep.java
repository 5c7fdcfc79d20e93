package io.sallyport.handlers;

import io.sallyport.builds.node.Nodes;
import io.sallyport.builds.outward.Reports;
import io.sallyport.builds.retention.Retention;
import io.sallyport.builds.schedule.Schedules;

/**
 * What a gateway does by itself.
 *
 * @param schedules builds that nobody submits
 * @param retention what builds have left is removed in time
 * @param nodes the machines that jobs run on are looked at
 * @param reports somebody outside is told of the states of builds
 */
public record Upkeep(Schedules schedules, Retention retention, Nodes nodes, Reports reports) {}
