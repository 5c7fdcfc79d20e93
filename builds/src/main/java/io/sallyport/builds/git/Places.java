package io.sallyport.builds.git;

import io.sallyport.builds.Refusal.NotFetched.Why;
import io.sallyport.builds.web.Destinations;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Where repositories may be: what the operator's patterns name, at addresses that may be reached. Any thread. */
final class Places {
    private final List<RepositoryPattern> patterns;
    private final Destinations destinations;

    Places(List<RepositoryPattern> patterns, Destinations destinations) {
        this.patterns = patterns;
        this.destinations = destinations;
    }

    /** The address of a repository that a remote has named; what it may be is asked by {@link #open}. */
    URI admit(String text) throws GitFailure {
        try {
            URI url = new URI(text);
            String path = String.valueOf(url.getRawPath());
            if (url.getHost() != null && !path.contains("%") && !path.contains("/../") && !path.contains("/./")) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw GitFailure.of(Why.FAILED, "it redirects to what is no repository: " + Words.of(text));
    }

    /** Asks what the operator says of a repository, whatever its host's addresses are. */
    void requireAllowed(URI url) throws GitFailure {
        if (patterns.isEmpty()) {
            throw GitFailure.of(
                    Why.FORBIDDEN, "the gateway fetches no repositories; its operator can allow some (git.allow)");
        }
        Optional<String> forbidden = destinations.forbidden(url);
        if (forbidden.isPresent()) {
            throw GitFailure.of(Why.FORBIDDEN, forbidden.get());
        }
        if (patterns.stream().noneMatch(pattern -> pattern.matches(url))) {
            throw GitFailure.of(Why.FORBIDDEN, "the repository is not allowed (git.allow)");
        }
    }

    /** The addresses to connect to. May wait for long. */
    List<InetAddress> open(URI url) throws GitFailure {
        requireAllowed(url);
        return switch (destinations.check(url)) {
            case Destinations.Checked.Forbidden(String words) -> throw GitFailure.of(Why.FORBIDDEN, words);
            case Destinations.Checked.Unknown(String words) -> throw GitFailure.of(Why.UNREACHABLE, words);
            case Destinations.Checked.Open(List<InetAddress> addresses) -> addresses;
        };
    }
}
