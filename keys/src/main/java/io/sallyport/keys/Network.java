package io.sallyport.keys;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses, IPv4 or IPv6 (RFC 4632, section 3.1; RFC 4291, section 2.3).
 *
 * @param address the first of it, without a zone; an IPv6 form of an IPv4 address is that
 * @param prefix how many leading bits are fixed, 0 to 32 or 128
 */
public record Network(InetAddress address, int prefix) {
    private static final Pattern QUAD = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

    /**
     * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or an address alone. Empty for anything else: names are not
     * looked up, and a bit behind the prefix must not be set, since who wrote it may have meant another prefix.
     */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = literal(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int bits = address.get().getAddress().length * Byte.SIZE;
        String prefix = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
        if (!prefix.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(prefix) > bits) {
            return Optional.empty();
        }
        Network network = new Network(address.get(), Integer.parseInt(prefix));
        return number(network.address).equals(network.leading(number(network.address)))
                ? Optional.of(network)
                : Optional.empty();
    }

    /** Whether an address in numbers is within; false for what is no address. Looks no name up. */
    public boolean contains(String numeric) {
        return literal(numeric).filter(this::contains).isPresent();
    }

    private boolean contains(InetAddress other) {
        return other.getAddress().length == address.getAddress().length
                && leading(number(other)).equals(number(address));
    }

    private BigInteger leading(BigInteger number) {
        int behind = address.getAddress().length * Byte.SIZE - prefix;
        return number.shiftRight(behind).shiftLeft(behind);
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static Optional<InetAddress> literal(String text) {
        int zone = text.indexOf('%');
        String number = zone < 0 ? text : text.substring(0, zone);
        if (number.indexOf(':') < 0 && !QUAD.matcher(number).matches()) {
            return Optional.empty(); // Java would take 10.8 for 10.0.0.8
        }
        try {
            return Optional.of(InetAddress.ofLiteral(number));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        boolean alone = prefix == address.getAddress().length * Byte.SIZE;
        return address.getHostAddress() + (alone ? "" : "/" + prefix);
    }
}
