package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import io.sallyport.bench.lean.LoginKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the two sides, as clients see it.
 *
 * @param name of the host in the clients' configuration
 * @param port on loopback
 * @param user to log in as
 * @param key to log in with
 * @param config the file with that configuration
 */
record Server(String name, int port, String user, LoginKey key, String config) {
    /** A new connection of the lean client. */
    Connection connect() throws IOException {
        return Connection.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), user, key);
    }

    /** The command line of the plain ssh client, with further options before the host. */
    List<String> ssh(String command, String... options) {
        List<String> line = new ArrayList<>(List.of("ssh", "-F", config));
        line.addAll(List.of(options));
        line.add(name);
        line.add(command);
        return line;
    }

    /** The command line of the plain sftp client, for a file with its commands. */
    List<String> sftp(String batch) {
        return List.of("sftp", "-q", "-F", config, "-b", batch, name);
    }
}
