package io.sallyport.builds.retention;

import io.sallyport.builds.schedule.Cron;
import java.util.Optional;

/**
 * How a gateway keeps what builds have left.
 *
 * @param at when what is no longer kept is removed; empty for when somebody asks for it
 * @param rules of projects that say nothing of their own
 * @param bytes that all builds together may take; 0 for any number
 * @param pace of blobs looked at in a second, from 1
 */
public record RetentionSettings(Optional<Cron> at, KeepRules rules, long bytes, int pace) {}
