package io.sallyport.keys;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Internet addresses in CIDR notation, parted by commas: {@code 192.0.2.0/24,2001:db8::/32}; one without a length is
 * itself alone. Numbers only: nothing is ever looked up.
 */
public final class AddressRanges {
    private static final int MOST = 100;
    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");

    private final List<Range> ranges;

    private AddressRanges(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    private static final class Range {
        private final byte[] network;
        private final int length;

        Range(byte[] network, int length) {
            this.network = network;
            this.length = length;
        }

        boolean contains(byte[] address) {
            return address.length == network.length && sameUpTo(address, network, length);
        }
    }

    /** Reads 1 to 100 ranges; empty when one of them is none, or has bits set after its length. */
    public static Optional<AddressRanges> parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Optional<Range> range = range(part);
            if (range.isEmpty() || ranges.size() == MOST) {
                return Optional.empty();
            }
            ranges.add(range.get());
        }
        return Optional.of(new AddressRanges(ranges));
    }

    /** Whether the address is in one of them. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ranges.stream().anyMatch(range -> range.contains(bytes));
    }

    private static Optional<Range> range(String text) {
        int slash = text.indexOf('/');
        String number = slash < 0 ? text : text.substring(0, slash);
        if (!V4.matcher(number).matches() && !V6.matcher(number).matches()) {
            return Optional.empty();
        }
        try {
            byte[] network = InetAddress.ofLiteral(number).getAddress();
            int bits = network.length * Byte.SIZE;
            int length = slash < 0 ? bits : length(text.substring(slash + 1));
            boolean sound = length >= 0 && length <= bits && sameUpTo(network, masked(network, length), bits);
            return sound ? Optional.of(new Range(network, length)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int length(String text) {
        return LENGTH.matcher(text).matches() ? Integer.parseInt(text) : -1;
    }

    private static byte[] masked(byte[] address, int length) {
        byte[] masked = address.clone();
        for (int bit = length; bit < address.length * Byte.SIZE; bit++) {
            masked[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        return masked;
    }

    private static boolean sameUpTo(byte[] one, byte[] other, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            if (((one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & 0x80 >> bit % Byte.SIZE) != 0) {
                return false;
            }
        }
        return true;
    }
}
