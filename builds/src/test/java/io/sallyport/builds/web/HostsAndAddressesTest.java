package io.sallyport.builds.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hosts and addresses may be reached. */
class HostsAndAddressesTest {
    @ParameterizedTest
    @CsvSource({
        "api.github.com, api.github.com, 443, true",
        "api.github.com, api.github.com, 8443, false",
        "api.github.com, xapi.github.com, 443, false",
        "api.github.com, apixgithub.com, 443, false",
        "API.github.com, api.github.com, 443, true",
        "*.example, git.example, 443, true",
        "*.example, a.git.example, 443, false",
        "*.example, example, 443, false",
        "**.example, a.git.example, 443, true",
        "git-*.example, git-1.example, 443, true",
        "git.example:8443, git.example, 8443, true",
        "git.example:8443, git.example, 443, false",
        "git.example:*, git.example, 3000, true",
        "[::1]:*, [::1], 3000, true",
    })
    void hostsAreMatchedAsAWhole(String pattern, String host, int port, boolean matches) {
        assertEquals(matches, HostPattern.parse(pattern).orElseThrow().matches(host, port, 443));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://git.example", "git.example/", "git.example:", "git.example:x", "", "user@git.example"})
    void whatIsNoPatternIsSaid(String text) {
        assertEquals(Optional.empty(), HostPattern.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.0.1",
                "172.32.0.1",
                "192.167.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a01:4f8::1",
                "2001:4860::8888",
            })
    void publicOnes(String address) {
        assertTrue(PublicAddress.is(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.255.255.255",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::7f00:1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fdff::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
            })
    void othersAreNot(String address) {
        assertEquals(false, PublicAddress.is(InetAddress.ofLiteral(address)));
    }
}
