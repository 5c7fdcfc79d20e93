package io.sallyport.builds.web;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** Which addresses are of the internet, and not of a machine, a house, or a protocol (IANA's special-purpose registries). */
final class PublicAddress {
    private static final List<Range> NOT_PUBLIC_4 = List.of(
            Range.of(8, 0, 0, 0, 0), // this network
            Range.of(8, 10, 0, 0, 0), // private
            Range.of(10, 100, 64, 0, 0), // shared between a provider and its customers
            Range.of(8, 127, 0, 0, 0), // loopback
            Range.of(16, 169, 254, 0, 0), // link-local: where clouds answer with credentials
            Range.of(12, 172, 16, 0, 0), // private
            Range.of(24, 192, 0, 0, 0), // of protocols
            Range.of(24, 192, 0, 2, 0), // of documents
            Range.of(24, 192, 88, 99, 0), // of 6to4 relays
            Range.of(16, 192, 168, 0, 0), // private
            Range.of(15, 198, 18, 0, 0), // of measurements
            Range.of(24, 198, 51, 100, 0), // of documents
            Range.of(24, 203, 0, 113, 0), // of documents
            Range.of(3, 224, 0, 0, 0)); // multicast, reserved, broadcast
    /** Of what is global unicast; all else is not public. */
    private static final List<Range> NOT_PUBLIC_6 = List.of(
            Range.of(23, 0x20, 0x01, 0, 0), // of protocols, Teredo with IPv4 addresses in it among them
            Range.of(32, 0x20, 0x01, 0x0d, 0xb8), // of documents
            Range.of(16, 0x20, 0x02, 0, 0), // 6to4: has an IPv4 address in it
            Range.of(20, 0x3f, 0xff, 0, 0)); // of documents

    private static final Range GLOBAL_UNICAST = Range.of(3, 0x20, 0, 0, 0);

    private PublicAddress() {}

    private record Range(int bits, int leading) {
        static Range of(int bits, int first, int second, int third, int fourth) {
            return new Range(bits, (first << 24) | (second << 16) | (third << 8) | fourth);
        }

        boolean has(int number) {
            return (number ^ leading) >>> (Integer.SIZE - bits) == 0;
        }
    }

    /** Whether an address is public; an IPv6 form of an IPv4 address is that for Java already. */
    static boolean is(InetAddress address) {
        int leading = ByteBuffer.wrap(address.getAddress()).getInt();
        return address instanceof Inet4Address
                ? NOT_PUBLIC_4.stream().noneMatch(range -> range.has(leading))
                : GLOBAL_UNICAST.has(leading) && NOT_PUBLIC_6.stream().noneMatch(range -> range.has(leading));
    }
}
