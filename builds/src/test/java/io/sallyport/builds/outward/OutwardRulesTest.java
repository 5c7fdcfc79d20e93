package io.sallyport.builds.outward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided without asking anybody: which hosts and addresses, what an answer means, how long to wait. */
class OutwardRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

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

    @ParameterizedTest
    @CsvSource({
        "200, Taken", "204, Taken", "301, Hopeless", "400, Refused", "401, Hopeless", "403, Hopeless", "404, Refused",
        "408, Later", "409, Refused", "422, Refused", "425, Later", "429, Later", "500, Later", "503, Later",
    })
    void answersMean(int status, String meaning) {
        assertEquals(meaning, verdict(status, null, null).getClass().getSimpleName());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "429, 120, -, 120",
                "503, 'Thu, 26 Nov 2026 12:01:00 GMT', -, 60",
                "503, 'Thu, 26 Nov 2026 11:01:00 GMT', -, 0",
                "403, 7, -, 7",
                "403, -, 1795694430, 30",
                "429, soon, -, -",
                "429, 99999999999999999999, -, -",
                "429, -5, -, -",
            })
    void aReceiverSaysWhen(int status, String retryAfter, String reset, Long seconds) {
        Verdict.Later later = assertInstanceOf(Verdict.Later.class, verdict(status, retryAfter, reset));

        assertEquals(Optional.ofNullable(seconds).map(Duration::ofSeconds), later.asked());
    }

    private static Verdict verdict(int status, String retryAfter, String reset) {
        return Verdict.of(
                ReportKind.GITHUB,
                new Reply.Answered(status, Optional.ofNullable(retryAfter), Optional.ofNullable(reset), ""),
                NOW);
    }

    @Test
    void waitsGrowAndAreBounded() {
        Backoff backoff = new Backoff(Duration.ofSeconds(4), Duration.ofSeconds(60));

        assertEquals(Duration.ofSeconds(2), backoff.after(1, 0));
        assertEquals(Duration.ofSeconds(4), backoff.after(1, 1));
        assertEquals(Duration.ofSeconds(6), backoff.after(2, 0.5));
        assertEquals(Duration.ofSeconds(32), backoff.after(4, 1));
        assertEquals(Duration.ofSeconds(60), backoff.after(5, 1));
        assertEquals(Duration.ofSeconds(30), backoff.after(1_000_000, 0));
    }
}
