package io.sallyport.builds.executor.docker;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an engine answers.
 *
 * @param uri {@code unix:///path} or {@code tcp://host:port}
 * @param certificates the folder with {@code ca.pem}, {@code cert.pem} and {@code key.pem} for a {@code tcp} address, as
 *     Docker's own client has it
 */
public record EngineAddress(URI uri, Optional<Path> certificates) {
    /** Refuses another scheme, and an engine on the network without certificates: whoever reaches it owns its machine. */
    public EngineAddress {
        String scheme = String.valueOf(uri.getScheme());
        switch (scheme) {
            case "unix" -> {
                if (uri.getPath() == null || !uri.getPath().startsWith("/") || uri.getHost() != null) {
                    throw new IllegalArgumentException("not the path of a socket: " + uri);
                }
                if (certificates.isPresent()) {
                    throw new IllegalArgumentException("certificates are of no use on a unix socket: " + uri);
                }
            }
            case "tcp" -> {
                if (uri.getHost() == null || uri.getPort() < 1) {
                    throw new IllegalArgumentException("not a host and a port: " + uri);
                }
                if (certificates.isEmpty()) {
                    throw new IllegalArgumentException(
                            "an engine on the network is only spoken to over TLS, with certificates: " + uri);
                }
            }
            default -> throw new IllegalArgumentException("neither unix:// nor tcp://: " + uri);
        }
    }

    /** A socket of this machine. */
    public static EngineAddress socket(Path path) {
        return new EngineAddress(URI.create("unix://" + path), Optional.empty());
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
