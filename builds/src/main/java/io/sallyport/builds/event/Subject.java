package io.sallyport.builds.event;

/** What an event is about; decides who may see it. */
public sealed interface Subject {
    /** The house as a whole. */
    record House() implements Subject {}

    /** A project that is gone: of it the house is told, and nobody else any more. */
    record Gone(String project) implements Subject {}

    /** A project. */
    record OfProject(long id, String name) implements Subject {}

    /** The project that had that name at the time of the event. */
    record Named(String project) implements Subject {}

    /** A build, of whatever project it is. */
    record OfBuild(long build) implements Subject {}

    /** A job of a build. */
    record OfJob(long build, String job) implements Subject {}
}
