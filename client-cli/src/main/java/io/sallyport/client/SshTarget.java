package io.sallyport.client;

import java.util.List;
import java.util.OptionalInt;

/**
 * Where the {@code ssh} program connects to, and how it is called.
 *
 * @param program the program and its first arguments, such as {@code ssh}; at least one word
 * @param host a host, a {@code user@host}, an alias of the user's {@code ssh_config}; never starts with a dash
 * @param port 1 to 65535; empty leaves it to ssh's configuration
 * @param identities files for {@code -i}
 * @param options values for {@code -o}, as in {@code ssh_config(5)}
 */
public record SshTarget(
        List<String> program, String host, OptionalInt port, List<String> identities, List<String> options) {

    /** Refuses a host that ssh would take for an option. */
    public SshTarget {
        if (host.isEmpty() || host.startsWith("-")) {
            throw new IllegalArgumentException("not a host: " + host);
        }
        program = List.copyOf(program);
        identities = List.copyOf(identities);
        options = List.copyOf(options);
    }

    /** The place for people: host, and port where one is set. */
    public String place() {
        return port.isPresent() ? host + " port " + port.getAsInt() : host;
    }
}
