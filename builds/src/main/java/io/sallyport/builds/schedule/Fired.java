package io.sallyport.builds.schedule;

/** What came of a schedule that was due. */
sealed interface Fired {
    /** Its build is on record. */
    record Made(long build) implements Fired {}

    /** There is no build for this time. */
    record Skipped(String words) implements Fired {}

    /** There is no build any more. */
    record Paused(String words) implements Fired {}

    /** It is to be tried again soon. */
    record Later(String words) implements Fired {}
}
