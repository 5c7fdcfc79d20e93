package io.sallyport.gateway.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Addresses of peers in words, without any look-up of names. */
final class Address {
    private Address() {}

    /** Number and port, such as {@code 192.0.2.7:50122}. */
    static String text(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return "unknown";
        }
        String host = host(inet);
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + inet.getPort();
    }

    /** The number alone. */
    static String host(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            InetAddress number = inet.getAddress();
            return number == null ? inet.getHostString() : number.getHostAddress();
        }
        return "unknown";
    }
}
