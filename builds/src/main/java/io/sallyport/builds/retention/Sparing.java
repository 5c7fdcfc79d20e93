package io.sallyport.builds.retention;

/** What of a build is kept however old it is. */
enum Sparing {
    /** Nothing. */
    NOTHING,
    /** Its record and its source, because a schedule builds that. */
    SOURCE,
    /** All of it. */
    ALL
}
