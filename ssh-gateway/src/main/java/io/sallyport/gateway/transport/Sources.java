package io.sallyport.gateway.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * What counts as one source of connections: whoever has one IPv6 address has a whole network of them.
 *
 * @param bits4 leading bits of an IPv4 address that make the source, 0 to 32
 * @param bits6 the same of an IPv6 address, 0 to 128
 */
record Sources(int bits4, int bits6) {
    /** The address, or its network such as {@code 2001:db8:0:1:0:0:0:0/64}; the same text for all of a source. */
    String of(@Nullable SocketAddress peer) {
        return peer instanceof InetSocketAddress inet && inet.getAddress() != null
                ? of(inet.getAddress())
                : Address.host(peer);
    }

    String of(InetAddress address) {
        byte[] bytes = address.getAddress();
        int all = bytes.length * Byte.SIZE;
        int kept = all == Integer.SIZE ? bits4 : bits6;
        for (int bit = kept; bit < all; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        try {
            String network = InetAddress.getByAddress(bytes).getHostAddress();
            return kept == all ? network : network + "/" + kept;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }
}
