package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody can do who has not logged in: nothing, at little cost, and without learning anything. */
@Tag("alone")
class BeforeLoginIT {
    private static final int CHANNEL_OPEN = 90;
    private static final int CHANNEL_REQUEST = 98;
    private static final int DISCONNECT = 1;
    private static final int FAILURE = 51;
    private static final int MANY = 300;
    private static final int PROBES = 90;

    /** Of that many probes of each, chance alone makes 0.04 (one standard deviation). */
    private static final double TELLING = 0.2;

    private static final int MEBIBYTE = 1024 * 1024;
    private static final Duration PROMPT = Duration.ofSeconds(2);

    @RegisterExtension
    static final GatewayProcess gateway =
            new GatewayProcess("limits.penaltyExempt: 127.0.0.0/8", "limits.loginTries: 100");

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 90, 98, 52})
    void messagesOfLaterEndTheConnectionBeforeAnyKeyExchange(int number) throws Exception {
        try (RawSsh raw = raw("127.0.0.2").greet()) {
            forbidden(raw, number);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 90, 98, 52})
    void messagesOfLaterEndTheConnectionBeforeAuthentication(int number) throws Exception {
        try (RawSsh raw = raw("127.0.0.2").exchange()) {
            forbidden(raw, number);
        }
        try (RawSsh raw = raw("127.0.0.2").exchange().service("ssh-userauth")) {
            forbidden(raw, number);
        }
        try (RawSsh raw = raw("127.0.0.2").exchange().service("ssh-userauth")) {
            raw.probe("root", "ssh-ed25519", blob(gateway.work().resolve(GatewayProcess.ADMIN)));
            forbidden(raw, number);
        }
    }

    @Test
    void theServiceBehindTheLoginIsNotToBeHadWithoutIt() throws Exception {
        try (RawSsh raw = raw("127.0.0.2").exchange()) {
            raw.send(new RawSsh.Message(5).string("ssh-connection").bytes());
            assertEquals(DISCONNECT, raw.awaitEnd());
        }
    }

    /** Opens a channel and asks for the end of a project, whatever message the test is about. */
    private static void forbidden(RawSsh raw, int number) throws Exception {
        try {
            if (number != CHANNEL_OPEN && number != CHANNEL_REQUEST) {
                raw.send(new RawSsh.Message(number).string("any").octet(1).bytes());
            }
            raw.send(new RawSsh.Message(CHANNEL_OPEN)
                    .string("session")
                    .number(0)
                    .number(1 << 20)
                    .number(1 << 15)
                    .bytes());
            raw.send(new RawSsh.Message(CHANNEL_REQUEST)
                    .number(0)
                    .string("exec")
                    .octet(1)
                    .string("DELETE /projects/web")
                    .bytes());
        } catch (SocketException e) {
            // It has been ended already.
        }
        int last = raw.awaitEnd();
        assertTrue(last == DISCONNECT || last == 20 || last == -1, () -> "the last message was " + last);
        gateway.admin().run("GET /projects/web").ok();
    }

    @Test
    void anotherUserNameInTheMiddleEndsTheConnection() throws Exception {
        byte[] key = blob(gateway.key("renamed"));
        try (RawSsh raw = raw("127.0.0.2").exchange().service("ssh-userauth")) {
            assertEquals(FAILURE, raw.probe("ann", "ssh-ed25519", key).orElseThrow()[0]);

            byte[] answer = raw.probe("ben", "ssh-ed25519", key).orElseThrow();

            assertEquals(DISCONNECT, answer[0]);
            assertEquals(-1, raw.awaitEnd());
        }
    }

    @Test
    void whateverIsWrongWithAKeyLooksAndTimesAlike() throws Exception {
        byte[] unknown = blob(gateway.key("unknown"));
        Path removed = gateway.key("removed");
        gateway.admin().run("PUT /identities/removed", "{}").ok();
        String added = gateway.admin()
                .run("POST /identities/removed/keys", Files.readString(Path.of(removed + ".pub")))
                .ok()
                .json()
                .path("fingerprint")
                .asText();
        gateway.admin().run("DELETE /keys/" + added).ok();
        gateway.user("locked");
        gateway.admin().run("PUT /identities/locked", "{\"locked\":true}").ok();

        Path revoked = gateway.key("revoked");
        gateway.admin().run("PUT /identities/revoked", "{}").ok();
        gateway.admin()
                .run("POST /identities/revoked/keys", Files.readString(Path.of(revoked + ".pub")))
                .ok();
        Program.of("ssh-keygen", "-q", "-k", "-f", "list", revoked + ".pub")
                .in(gateway.work())
                .run()
                .ok();
        gateway.admin()
                .run("PUT /revocations", Files.readAllBytes(gateway.work().resolve("list")))
                .ok();

        List<Prober> probers = List.of(
                new Prober("nobody", unknown),
                new Prober(GatewayProcess.ADMIN, unknown),
                new Prober("removed", blob(removed)),
                new Prober("locked", blob(gateway.work().resolve("locked"))),
                new Prober("revoked", blob(revoked)));
        try {
            // In turn, so that whatever else the machine does meets all of them alike.
            for (int round = 0; round < PROBES; round++) {
                List<Prober> shuffled = new ArrayList<>(probers);
                Collections.shuffle(shuffled, new Random(round));
                for (Prober prober : shuffled) {
                    prober.probe();
                }
            }
            for (Prober other : probers) {
                assertArrayEquals(probers.getFirst().answer, other.answer, other.user);
                double slower = probers.getFirst().shareOfSlower(other);
                assertTrue(
                        slower > 0.5 - TELLING && slower < 0.5 + TELLING,
                        () -> other.user + " is slower in " + slower + " of all comparisons");
            }
        } finally {
            for (Prober prober : probers) {
                prober.close();
            }
        }
    }

    /** Asks for one key again and again: the answer is always the same, and how long it takes is written down. */
    private static final class Prober implements AutoCloseable {
        private final String user;
        private final byte[] key;
        private final RawSsh raw;
        private final List<Long> nanos = new ArrayList<>();
        private byte[] answer = new byte[0];

        Prober(String user, byte[] key) throws Exception {
            this.user = user;
            this.key = key;
            this.raw = raw("127.0.0.2").exchange().service("ssh-userauth");
        }

        void probe() throws Exception {
            long begun = System.nanoTime();
            byte[] answered = raw.probe(user, "ssh-ed25519", key).orElseThrow();
            nanos.add(System.nanoTime() - begun);
            if (answer.length > 0) {
                assertArrayEquals(answer, answered);
            }
            answer = answered;
        }

        /** In which share of all pairs of times, one of each, the other's is the longer (Mann and Whitney's statistic). */
        double shareOfSlower(Prober other) {
            double longer = 0;
            for (long mine : nanos) {
                for (long theirs : other.nanos) {
                    longer += theirs > mine ? 1 : theirs == mine ? 0.5 : 0;
                }
            }
            return longer / nanos.size() / other.nanos.size();
        }

        @Override
        public void close() throws IOException {
            raw.close();
        }
    }

    @Test
    void hundredsOfSilentAndDrippingConnectionsKeepNobodyElseOut() throws Exception {
        List<RawSsh> silent = new ArrayList<>();
        List<RawSsh> dripping = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                RawSsh raw = raw("127.0.0.2");
                (i % 2 == 0 ? silent : dripping).add(raw);
            }
            Await.found("a prompt login from elsewhere", Duration.ofSeconds(20), () -> {
                dripping.forEach(BeforeLoginIT::drip);
                long begun = System.nanoTime();
                gateway.admin().with("-b", "127.0.0.3").run("whoami").ok();
                return PROMPT.toNanos() > System.nanoTime() - begun
                        ? java.util.Optional.of(true)
                        : java.util.Optional.empty();
            });
        } finally {
            silent.addAll(dripping);
            for (RawSsh raw : silent) {
                raw.close();
            }
        }
        assertTrue(gateway.log().contains("limit reached limit=limits.unauthenticatedPerSource by=127.0.0.2"));
        assertTrue(gateway.admin()
                        .run("GET /")
                        .ok()
                        .json()
                        .path("limitsReached")
                        .path("limits.unauthenticatedPerSource")
                        .asLong()
                >= MANY / 2);
    }

    private static void drip(RawSsh raw) {
        try {
            raw.bytes(new byte[] {'S'});
        } catch (IOException e) {
            // One of those that are not admitted.
        }
    }

    @Test
    void absurdLengthsAndEndlessPreamblesCostLittle() throws Exception {
        byte[] absurd = new byte[] {0x7f, -1, -1, -1};
        byte[] long256 = new byte[] {0, 4, 0, 0};
        long before = liveBytes();
        List<RawSsh> open = new ArrayList<>();
        try {
            for (int source : IntStream.rangeClosed(2, 7).toArray()) {
                for (int i = 0; i < 8; i++) {
                    RawSsh raw = raw("127.0.0." + source);
                    open.add(raw);
                    switch (i % 4) {
                        case 0 -> pump(raw.greet(), absurd, new byte[MEBIBYTE]);
                        case 1 -> pump(raw.greet(), long256, new byte[200_000]);
                        case 2 -> pump(raw, new byte[0], "x".repeat(MEBIBYTE).getBytes(StandardCharsets.US_ASCII));
                        default ->
                            pump(raw, new byte[0], "x\r\n".repeat(300_000).getBytes(StandardCharsets.US_ASCII));
                    }
                }
            }
            long cost = liveBytes() - before;
            assertTrue(cost < 20L * MEBIBYTE, () -> cost + " bytes");
        } finally {
            for (RawSsh raw : open) {
                raw.close();
            }
        }
        gateway.admin().run("whoami").ok();
        assertFalse(gateway.log().contains("OutOfMemory"));
    }

    private static void pump(RawSsh raw, byte[] head, byte[] body) {
        try {
            raw.bytes(head);
            raw.bytes(body);
        } catch (IOException e) {
            // It has been ended, which is as good.
        }
    }

    /** What is in use in the gateway's heap after a full collection. */
    private static long liveBytes() throws Exception {
        String histogram = Program.of(
                        System.getProperty("java.home") + "/bin/jcmd",
                        Long.toString(gateway.process().pid()),
                        "GC.class_histogram")
                .run()
                .ok()
                .text();
        String[] total = histogram
                .lines()
                .reduce((first, last) -> last)
                .orElseThrow()
                .strip()
                .split("\\s+");
        assertEquals("Total", total[0], histogram);
        return Long.parseLong(total[2]);
    }

    private static RawSsh raw(String from) throws IOException {
        return new RawSsh(gateway.port(), from);
    }

    private static byte[] blob(Path key) throws IOException {
        return Base64.getDecoder()
                .decode(Files.readString(Path.of(key + ".pub")).split(" ")[1]);
    }
}
