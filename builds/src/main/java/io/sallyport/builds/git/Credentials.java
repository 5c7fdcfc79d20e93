package io.sallyport.builds.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a project shows to repositories that are not public: lines as {@code git credential-store} keeps them, {@code
 * https://USER:PASSWORD@HOST[:PORT][/PATH]}. Each goes to its own host, and below its own path, alone. It shows nobody what is
 * in it.
 */
final class Credentials {
    private final List<Line> lines;

    private record Line(URI place, String user, String password) {
        boolean isFor(URI url) {
            String path = place.getRawPath().replaceAll("/+$", "");
            return place.getScheme().equalsIgnoreCase(url.getScheme())
                    && place.getHost().equalsIgnoreCase(url.getHost())
                    && port(place) == port(url)
                    && (url.getRawPath().equals(path) || url.getRawPath().startsWith(path + "/"));
        }

        private static int port(URI url) {
            return url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        }
    }

    private Credentials(List<Line> lines) {
        this.lines = lines;
    }

    /** Reads the lines; those that are none say nothing. */
    static Credentials parse(String text) {
        List<Line> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            try {
                URI place = new URI(line.strip());
                String user = place.getRawUserInfo();
                if (user != null && place.getHost() != null && place.getScheme() != null) {
                    int colon = user.indexOf(':');
                    lines.add(new Line(
                            place,
                            decoded(colon < 0 ? user : user.substring(0, colon)),
                            colon < 0 ? "" : decoded(user.substring(colon + 1))));
                }
            } catch (URISyntaxException | IllegalArgumentException e) {
                // What is in it is shown to nobody, its faults neither.
            }
        }
        return new Credentials(lines);
    }

    /** In an address a plus is a plus. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }

    /** The header that is sent to a place, if something is. */
    Optional<String> authorization(URI url) {
        return lines.stream()
                .filter(line -> line.isFor(url))
                .findFirst()
                .map(line -> "Basic "
                        + Base64.getEncoder().encodeToString((line.user() + ":" + line.password()).getBytes(UTF_8)));
    }

    /** What a remote says, without what it has been told. */
    String masked(String words) {
        String masked = words;
        for (Line line : lines) {
            if (!line.password().isEmpty()) {
                masked = masked.replace(line.password(), "[MASKED]");
            }
            if (line.password().isEmpty() && !line.user().isEmpty()) {
                masked = masked.replace(line.user(), "[MASKED]");
            }
        }
        return masked;
    }
}
