package io.sallyport.builds.visit;

/** What for somebody wants to be let into a job. */
public sealed interface Aim {
    /** To work there. */
    record Shell() implements Aim {}

    /** To be connected with a port that the job declares. */
    record Port(int number) implements Aim {}
}
