package io.sallyport.builds.event;

/**
 * What many events have in common, and all that decides who may see them.
 *
 * @param type of the events
 * @param project its name; empty for what belongs to the house alone
 * @param owner who has submitted the build; empty for what is no build
 */
public record Topic(EventType type, String project, String owner) {}
