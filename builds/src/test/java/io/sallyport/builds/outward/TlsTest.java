package io.sallyport.builds.outward;

import static io.sallyport.builds.outward.Station.COMMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.web.Destinations;
import io.sallyport.builds.web.HostPattern;
import io.sallyport.builds.web.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a report is sent to: a server that is who it should be, at an address that was looked at. */
class TlsTest {
    private static final ReportLimits ONE_TRY = new ReportLimits(
            3, 5, 4, Duration.ofSeconds(10), 1, Duration.ofHours(1), Duration.ofMillis(1), Duration.ofMillis(1));

    @TempDir
    Path folder;

    private Station station;
    private final List<String> lookups = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void open() throws Exception {
        station = new Station(folder);
    }

    @AfterEach
    void close() {
        station.close();
    }

    private Destinations destinations(String... addresses) {
        return new Destinations(
                "reports",
                List.of(HostPattern.parse("forge.example:*").orElseThrow()),
                false,
                InetAddress::isLoopbackAddress,
                name -> {
                    lookups.add(name);
                    if (addresses.length == 0) {
                        throw new UnknownHostException(name);
                    }
                    return java.util.Arrays.stream(addresses)
                            .map(InetAddress::ofLiteral)
                            .toList();
                });
    }

    /** Sends one state to a server with a certificate for these names; the answer is what came of it. */
    private String sent(Receiver server, Optional<Path> authorities) throws Exception {
        station.open(destinations("127.0.0.1"), authorities, ONE_TRY);
        station.put("ci", Station.settings(ReportKind.GITEA, "https://forge.example:" + server.port()), "token");
        lookups.clear();
        station.queued(COMMIT);
        station.awaitEmpty();
        Report.Course course = station.report("ci").course();
        return course.sent().or(course::failed).orElseThrow().words();
    }

    @Test
    void aServerWithTheNameAndATrustedCertificateIsSentTo() throws Exception {
        ServerKey key = new ServerKey(folder, "dns:forge.example");
        try (Receiver server = new Receiver(key.context())) {
            assertEquals("queued: answered 201", sent(server, Optional.of(key.certificate(folder))));

            assertEquals(
                    "forge.example:" + server.port(), server.await(1).getFirst().header("Host"));
            assertEquals(List.of("forge.example"), lookups, "what was looked at is what was connected to");
        }
    }

    @Test
    void aWildcardStandsForOnePart() throws Exception {
        ServerKey key = new ServerKey(folder, "dns:*.example");
        try (Receiver server = new Receiver(key.context())) {
            assertEquals("queued: answered 201", sent(server, Optional.of(key.certificate(folder))));
        }
    }

    @Test
    void aServerThatNobodyVouchesForIsNot() throws Exception {
        ServerKey key = new ServerKey(folder, "dns:forge.example");
        try (Receiver server = new Receiver(key.context())) {
            String words = sent(server, Optional.empty());

            assertTrue(words.startsWith("queued: TLS failed: "), words);
            assertEquals(List.of(), server.got());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns:other.example", "ip:127.0.0.1", "dns:*.forge.example,ip:127.0.0.1"})
    void aServerWithAnotherNameIsNotEvenWithOneForItsAddress(String names) throws Exception {
        ServerKey key = new ServerKey(folder, names);
        try (Receiver server = new Receiver(key.context())) {
            String words = sent(server, Optional.of(key.certificate(folder)));

            assertTrue(words.contains("the certificate is not for forge.example"), words);
            assertEquals(List.of(), server.got());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "169.254.169.254",
                "192.168.1.1",
                "0.0.0.0",
                "::ffff:10.0.0.1",
                "fe80::1",
                "fd00::1",
                "64:ff9b::a00:1"
            })
    void anAddressThatIsNotOnTheInternetIsRefusedWhenAnotherOneIsGoodToo(String address) throws Exception {
        station.open(destinations("127.0.0.1", address));

        ReportPut put = station.reports()
                .put(
                        station.web,
                        "ci",
                        Station.settings(ReportKind.GITEA, "https://forge.example"),
                        new ReportToken.Given("token"),
                        "ann");

        assertEquals(
                new ReportPut.Forbidden("the host forge.example has an address that is not on the internet"
                        + " (reports.allowAddresses)"),
                put);
    }

    @Test
    void aNameThatIsNotKnownYetIsTakenAndTriedAgain() throws Exception {
        station.open(destinations(), Optional.empty(), ONE_TRY);
        station.put("ci", Station.settings(ReportKind.GITEA, "https://forge.example"), "token");
        station.queued(COMMIT);
        station.awaitEmpty();

        assertEquals(
                "queued: the name forge.example is not known; given up after 1 try",
                station.report("ci").course().failed().orElseThrow().words());
    }

    @Test
    void withoutTlsNothingIsTaken() throws Exception {
        station.open(destinations("127.0.0.1"));

        ReportPut put = station.reports()
                .put(
                        station.web,
                        "ci",
                        Station.settings(ReportKind.GITEA, "http://forge.example"),
                        new ReportToken.Given("token"),
                        "ann");

        assertEquals(new ReportPut.Forbidden("only https is allowed (reports.plainHttp)"), put);
    }

    @Test
    void aFileWithoutCertificatesIsSaid() throws Exception {
        Path file = Files.writeString(folder.resolve("empty.pem"), "");

        IOException wrong = assertThrows(IOException.class, () -> Tls.open(Optional.of(file)));

        assertEquals(file + ": there is no certificate in it", wrong.getMessage());
    }
}
