package io.sallyport.builds.git;

import io.sallyport.builds.web.HostPattern;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Repositories that may be fetched.
 *
 * @param host see {@link HostPattern}
 * @param path of the address, from its first slash on, in which {@code *} is anything between two slashes and {@code **} is
 *     anything; empty for all
 */
public record RepositoryPattern(HostPattern host, String path) {
    private static final Pattern FORM = Pattern.compile("(?:https://)?([^/]+)((?:/[A-Za-z0-9._~+@*-]+)*)/?");
    private static final String GIT = ".git";

    /** The pattern of a text, {@code HOST[:PORT][/PATH]}, also with {@code https://} before it; empty when it is none. */
    public static Optional<RepositoryPattern> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? HostPattern.parse(form.group(1)).map(host -> new RepositoryPattern(host, form.group(2)))
                : Optional.empty();
    }

    /** Whether a repository is one of them. */
    boolean matches(URI url) {
        return host.matches(url) && (path.isEmpty() || matches(url.getRawPath()));
    }

    /** An address names the same repository with {@code .git} and without. */
    private boolean matches(String named) {
        Pattern pattern = glob();
        String other = named.endsWith(GIT) ? named.substring(0, named.length() - GIT.length()) : named + GIT;
        return pattern.matcher(named).matches() || pattern.matcher(other).matches();
    }

    private Pattern glob() {
        StringBuilder regex = new StringBuilder();
        for (int at = 0; at < path.length(); at++) {
            if (path.startsWith("**", at)) {
                regex.append(".*");
                at++;
            } else if (path.charAt(at) == '*') {
                regex.append("[^/]*");
            } else {
                regex.append(Pattern.quote(path.substring(at, at + 1)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
