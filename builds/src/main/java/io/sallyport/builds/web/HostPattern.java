package io.sallyport.builds.web;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts that may be reached.
 *
 * @param text as an operator has written it: a name or an address, in which {@code *} is anything between two dots and
 *     {@code **} is anything, with {@code :PORT} or {@code :*} if it is not the usual port
 */
public record HostPattern(String text) {
    private static final Pattern FORM =
            Pattern.compile("([a-z0-9*.-]{1,253}|\\[[0-9a-f:.]{2,45}])(?::(\\d{1,5}|\\*))?");

    /** The pattern of a text; empty when it is none. */
    public static Optional<HostPattern> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return FORM.matcher(lower).matches() ? Optional.of(new HostPattern(lower)) : Optional.empty();
    }

    /** Whether the host of an address of the web is one of them. */
    public boolean matches(URI url) {
        int usual = Destinations.usualPort(url);
        return matches(url.getHost().toLowerCase(Locale.ROOT), url.getPort() < 0 ? usual : url.getPort(), usual);
    }

    /**
     * Whether a host is one of them.
     *
     * @param host in lower case, an IPv6 address in brackets
     * @param port of it
     * @param usual the port that is meant when the pattern names none
     */
    boolean matches(String host, int port, int usual) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return false;
        }
        String wanted = form.group(2);
        boolean portMatches = wanted == null ? port == usual : wanted.equals("*") || port == Integer.parseInt(wanted);
        return portMatches && glob(form.group(1)).matcher(host).matches();
    }

    private static Pattern glob(String host) {
        StringBuilder regex = new StringBuilder();
        for (int at = 0; at < host.length(); at++) {
            if (host.startsWith("**", at)) {
                regex.append(".*");
                at++;
            } else if (host.charAt(at) == '*') {
                regex.append("[^.]*");
            } else {
                regex.append(Pattern.quote(host.substring(at, at + 1)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
