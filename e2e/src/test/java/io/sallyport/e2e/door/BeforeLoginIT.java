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
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody can do who has not logged in: nothing, at little cost, and without learning anything. */
class BeforeLoginIT {
    private static final int CHANNEL_OPEN = 90;
    private static final int CHANNEL_REQUEST = 98;
    private static final int DISCONNECT = 1;
    private static final int FAILURE = 51;
    private static final int MANY = 300;
    private static final int PROBES = 15;
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

        Answers ofUnknown = answers("nobody", unknown);
        Answers ofWrong = answers(GatewayProcess.ADMIN, unknown);
        Answers ofRemoved = answers("removed", blob(removed));
        Answers ofLocked = answers("locked", blob(gateway.work().resolve("locked")));

        for (Answers other : List.of(ofWrong, ofRemoved, ofLocked)) {
            assertArrayEquals(ofUnknown.bytes(), other.bytes());
            long slower = Math.max(ofUnknown.medianMicros(), other.medianMicros());
            long faster = Math.min(ofUnknown.medianMicros(), other.medianMicros());
            assertTrue(slower < 5 * faster + 20_000, () -> slower + " µs and " + faster + " µs");
        }
    }

    /** What one probe is answered, always the same, and how long that takes. */
    private record Answers(byte[] bytes, long medianMicros) {}

    private static Answers answers(String user, byte[] key) throws Exception {
        try (RawSsh raw = raw("127.0.0.2").exchange().service("ssh-userauth")) {
            byte[] first = raw.probe(user, "ssh-ed25519", key).orElseThrow();
            long[] micros = new long[PROBES];
            for (int i = 0; i < PROBES; i++) {
                long begun = System.nanoTime();
                assertArrayEquals(first, raw.probe(user, "ssh-ed25519", key).orElseThrow());
                micros[i] = (System.nanoTime() - begun) / 1000;
            }
            Arrays.sort(micros);
            return new Answers(first, micros[PROBES / 2]);
        }
    }

    @Test
    void hundredsOfSilentAndDrippingConnectionsKeepNobodyElseOut() throws Exception {
        List<RawSsh> silent = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                RawSsh raw = raw("127.0.0.2");
                silent.add(raw);
                drip(raw);
            }
            Await.found("a prompt login from elsewhere", Duration.ofSeconds(20), () -> {
                silent.forEach(BeforeLoginIT::drip);
                long begun = System.nanoTime();
                gateway.admin().with("-b", "127.0.0.3").run("whoami").ok();
                return PROMPT.toNanos() > System.nanoTime() - begun
                        ? java.util.Optional.of(true)
                        : java.util.Optional.empty();
            });
        } finally {
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
