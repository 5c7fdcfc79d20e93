package io.sallyport.client;

/** How one attempt at a request ended. */
sealed interface Ending {
    /** The gateway answered, well or not: its exit status, 0 to 254, and the last of what it said on standard error. */
    record Answered(int status, String said) implements Ending {}

    /** There was no connection, or it was lost; the last of what the transport said. */
    record Lost(String said) implements Ending {}
}
