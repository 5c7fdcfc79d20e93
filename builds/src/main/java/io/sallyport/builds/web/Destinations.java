package io.sallyport.builds.web;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where the gateway may go: to hosts that the operator has named, and only to addresses on the internet, unless the operator
 * has named those too. Asked before each connection; whoever connects uses the addresses that were looked at, and looks no
 * name up again.
 *
 * @param settings what the names of the settings begin with that say so, for words to the user
 * @param hosts that may be reached; none when nobody may
 * @param plainHttp whether without TLS, too
 * @param alsoAllowed addresses that are not on the internet and may be reached all the same
 * @param names looks names up
 */
public record Destinations(
        String settings, List<HostPattern> hosts, boolean plainHttp, Predicate<InetAddress> alsoAllowed, Names names) {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /** Looks names up. */
    @FunctionalInterface
    public interface Names {
        /**
         * The addresses of a name, at least one; of an address itself that one. May wait for long.
         *
         * @throws UnknownHostException when there are none
         */
        List<InetAddress> addresses(String name) throws UnknownHostException;
    }

    /** What is said of an address of the web. */
    public sealed interface Checked {
        /** It may be reached at these. */
        record Open(List<InetAddress> addresses) implements Checked {}

        /** It may not. */
        record Forbidden(String words) implements Checked {}

        /** It may, but nobody knows the name now. */
        record Unknown(String words) implements Checked {}
    }

    /** As Java looks names up. */
    public static List<InetAddress> lookUp(String name) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(name));
    }

    /** Whether nothing may be reached at all. */
    public boolean off() {
        return hosts.isEmpty();
    }

    /** Why an address of the web may not be reached, whatever its host's addresses are; empty when it may. */
    public Optional<String> forbidden(URI url) {
        if (off()) {
            return Optional.of("the operator has allowed no host (" + settings + ".allow)");
        }
        if (!isTls(url) && !plainHttp) {
            return Optional.of("only https is allowed (" + settings + ".plainHttp)");
        }
        return hosts.stream().anyMatch(pattern -> pattern.matches(url))
                ? Optional.empty()
                : Optional.of("the host " + host(url)
                        + (url.getPort() < 0 || url.getPort() == usualPort(url) ? "" : ":" + url.getPort())
                        + " is not allowed ("
                        + settings + ".allow)");
    }

    /** The same with the host's addresses, which are looked up: may wait for long. */
    public Checked check(URI url) {
        Optional<String> forbidden = forbidden(url);
        if (forbidden.isPresent()) {
            return new Checked.Forbidden(forbidden.get());
        }
        String host = host(url);
        try {
            List<InetAddress> addresses = names.addresses(host);
            return addresses.stream().allMatch(address -> PublicAddress.is(address) || alsoAllowed.test(address))
                    ? new Checked.Open(addresses)
                    : new Checked.Forbidden("the host " + host + " has an address that is not on the internet ("
                            + settings + ".allowAddresses)");
        } catch (UnknownHostException e) {
            return new Checked.Unknown("the name " + host + " is not known");
        }
    }

    static int usualPort(URI url) {
        return isTls(url) ? HTTPS : HTTP;
    }

    private static String host(URI url) {
        return url.getHost().toLowerCase(Locale.ROOT);
    }

    /** Whether it is reached by TLS. */
    public static boolean isTls(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }
}
