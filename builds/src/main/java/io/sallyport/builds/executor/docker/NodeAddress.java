package io.sallyport.builds.executor.docker;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the engines of a Swarm's nodes answer.
 *
 * @param pattern an address, in which <code>{address}</code> stands for the one that a node has in the Swarm,
 *     <code>{hostname}</code> for its name, and <code>{label.NAME}</code> for one of its labels
 * @param certificates as for {@link EngineAddress}
 */
public record NodeAddress(String pattern, Optional<Path> certificates) {
    private static final Pattern PLACE = Pattern.compile("\\{(address|hostname|label\\.([A-Za-z0-9._-]+))}");
    private static final String ANY = "node";

    /** Refuses what is an address for no node, or the same for all. */
    public NodeAddress {
        if (!isPattern(pattern)) {
            throw new IllegalArgumentException(
                    "no address in which {address}, {hostname} or {label.NAME} stands for the" + " node's own: "
                            + pattern);
        }
        String example = PLACE.matcher(pattern).replaceAll(ANY);
        if (!isWhole(pattern)) {
            new EngineAddress(URI.create(example), certificatesFor(example, certificates));
        }
    }

    /** Whether a text is one, with certificates or without. */
    public static boolean isPattern(String text) {
        Matcher places = PLACE.matcher(text);
        return places.find() && (isWhole(text) || EngineAddress.isAddress(places.replaceAll(ANY)));
    }

    /** A label alone may be the whole of it: what a node is labelled with is known once it is asked for. */
    private static boolean isWhole(String text) {
        return PLACE.matcher(text).replaceFirst("").isEmpty();
    }

    private static Optional<Path> certificatesFor(String address, Optional<Path> certificates) {
        return address.startsWith("unix:") ? Optional.empty() : certificates;
    }

    /**
     * That of a node.
     *
     * @throws IOException when there is none
     */
    EngineAddress of(SwarmNode node) throws IOException {
        StringBuilder missing = new StringBuilder();
        String address =
                PLACE.matcher(pattern).replaceAll(place -> Matcher.quoteReplacement(value(place, node, missing)));
        if (!missing.isEmpty()) {
            throw new IOException("the node " + node.hostname() + " has no label " + missing
                    + ", by which its engine is to be found");
        }
        try {
            return new EngineAddress(URI.create(address), certificatesFor(address, certificates));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "the engine of the node " + node.hostname() + " cannot be found: " + e.getMessage(), e);
        }
    }

    private static String value(MatchResult place, SwarmNode node, StringBuilder missing) {
        String label = place.group(2);
        if (label != null) {
            String value = node.labels().get(label);
            if (value == null) {
                missing.append(label);
                return "";
            }
            return value;
        }
        boolean numeric = node.address().contains(":");
        return place.group(1).equals("hostname")
                ? node.hostname()
                : numeric ? "[" + node.address() + "]" : node.address();
    }
}
