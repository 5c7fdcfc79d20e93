package io.sallyport.builds.executor.docker;

import java.net.URI;
import java.net.URISyntaxException;
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
        if (!isSocket(uri) && !isOnNetwork(uri)) {
            throw new IllegalArgumentException("neither unix:///path nor tcp://host:port: " + uri);
        }
        if (isSocket(uri) && certificates.isPresent()) {
            throw new IllegalArgumentException("certificates are of no use on a unix socket: " + uri);
        }
        if (isOnNetwork(uri) && certificates.isEmpty()) {
            throw new IllegalArgumentException(
                    "an engine on the network is only spoken to over TLS, with certificates: " + uri);
        }
    }

    /** Whether a text is the address of an engine, with certificates or without. */
    public static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            return isSocket(uri) || isOnNetwork(uri);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isSocket(URI uri) {
        return "unix".equals(uri.getScheme())
                && uri.getPath() != null
                && uri.getPath().startsWith("/")
                && uri.getHost() == null;
    }

    private static boolean isOnNetwork(URI uri) {
        return "tcp".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0;
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
