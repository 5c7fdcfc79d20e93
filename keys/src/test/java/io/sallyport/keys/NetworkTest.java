package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkTest {
    @Test
    void aNetworkHasTheAddressesThatBeginWithItsPrefix() {
        assertContains("192.0.2.0/24", "192.0.2.0", "192.0.2.255");
        assertContains("192.0.2.7", "192.0.2.7");
        assertContains("0.0.0.0/0", "203.0.113.9");
        assertContains("2001:db8::/33", "2001:db8:7fff::1");
        assertContains("::1", "0:0:0:0:0:0:0:1");
        assertContains("fe80::/10", "fe80::1%eth0");
        assertContains("192.0.2.0/24", "::ffff:192.0.2.9");
    }

    @Test
    void andNoOthers() {
        for (String other : List.of("192.0.3.0", "192.0.1.255", "::1", "", "unknown", "localhost")) {
            assertFalse(network("192.0.2.0/24").contains(other), other);
        }
        assertFalse(network("2001:db8::/33").contains("2001:db8:8000::1"));
        assertFalse(network("::/0").contains("192.0.2.1"));
        assertFalse(network("0.0.0.0/0").contains("2001:db8::1"));
    }

    @Test
    void whatIsNoNetworkIsRefused() {
        for (String bad : List.of(
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.1/8",
                "10.0.0/8",
                "10",
                "2001:db8::/129",
                "2001:db8::1/32",
                "localhost",
                "example.org/24",
                "10.0.0.0/8 ",
                "10.0.0.0/8/8")) {
            assertEquals(Optional.empty(), Network.parse(bad), bad);
        }
    }

    @Test
    void itIsWrittenAsItWasMeant() {
        assertEquals("10.0.0.0/8", network("10.0.0.0/8").toString());
        assertEquals("10.1.2.3", network("10.1.2.3/32").toString());
        assertEquals(network("2001:db8::/32"), network(network("2001:db8::/32").toString()));
    }

    private static void assertContains(String network, String... addresses) {
        for (String address : addresses) {
            assertTrue(network(network).contains(address), network + " " + address);
        }
    }

    private static Network network(String text) {
        return Network.parse(text).orElseThrow();
    }
}
