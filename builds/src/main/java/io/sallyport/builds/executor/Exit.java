package io.sallyport.builds.executor;

/** How a script ended. */
public sealed interface Exit {
    /** By itself, with the exit code 0 to 255 (128 + n when a signal n ended the shell's last command). */
    record Code(int code) implements Exit {}

    /** By {@link Run#stop}. */
    record Stopped() implements Exit {}

    /** Not by its own doing: the sandbox could not be made, the container was killed, the node is lost. */
    record Lost(String reason) implements Exit {}
}
