package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.client.LoopbackSshd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands over the real ssh program and a real sshd, whose channels are answered by a shell script. */
class OverSshTest {
    private static final int BIG = 3_000_000;

    @TempDir
    private Path root;

    private Path folder;
    private LoopbackSshd sshd;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        folder = Files.createDirectory(root.resolve("here"));
        sshd = LoopbackSshd.start(Files.createDirectory(root.resolve("sshd")));
        serve("result", "0");
    }

    @AfterEach
    void stop() throws IOException {
        if (sshd != null) {
            sshd.close();
        }
    }

    @Test
    void apiStreamsBodyAndAnswer() {
        byte[] body = bytes(1, BIG);

        SallyRun run = sally(body, "api", "PUT", "/echo");

        assertEquals(0, run.status(), run.err());
        assertArrayEquals(body, run.out());
    }

    @Test
    void wordsArriveAsTheyWereGiven() {
        SallyRun run = sally("api", "GET", "/words", "a=it's $HOME; \"x\" *", "b=\nä€");

        assertEquals("<GET></words><a=it's $HOME; \"x\" *><b=\nä€>", run.text());
    }

    @Test
    void problemIsToldOnceAndDecidesTheStatus() {
        SallyRun told = sally("get", "8");
        assertEquals("error: there is nothing at /builds/8/artifacts\n", told.err());
        assertEquals(66, told.status());

        SallyRun raw = sally("get", "8", "--json");
        assertTrue(raw.err().startsWith("{\"type\":\"not-found\""), raw.err());
        assertEquals(66, raw.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "3", "4", "5"})
    void followedLogEndsAsTheBuild(String result) throws IOException {
        serve("result", result);
        serve("log", "one\ntwo\n");

        SallyRun run = sally("log", "-f", "7");

        assertEquals("one\ntwo\n", run.text());
        assertEquals(Integer.parseInt(result), run.status());
    }

    @Test
    void followedLogSurvivesFiveLostConnections() throws IOException {
        byte[] log = bytes(2, BIG);
        Files.write(sshd.state().resolve("log"), log);
        serve("result", "1");
        Cuts cuts = new Cuts(5, "log");

        SallyRun run = sally(cuts, "log", "-f", "7");

        assertArrayEquals(log, run.out());
        assertEquals(1, run.status());
        assertEquals(0, cuts.left);
        assertEquals(6, sshd.requests().size());
        assertTrue(run.err().contains("connection lost at byte "), run.err());
    }

    @Test
    void logGoesOnAtAnOffset() throws IOException {
        serve("log", "0123456789");

        assertEquals("789", sally("log", "7", "--offset", "7").text());
    }

    @Test
    void waitSurvivesALostConnection() throws IOException {
        serve("result", "4");
        serve("drop.wait", "");

        SallyRun run = sally("wait", "7");

        assertEquals("build 7 (web) ended\n", run.text());
        assertEquals(4, run.status());
        assertEquals(List.of("wait 7", "wait 7"), sshd.requests());
    }

    @Test
    void lostConnectionIsNotTriedForEver() throws IOException {
        serve("drop.wait", "");

        SallyRun run = sally("--retry-for", "0", "wait", "7");

        assertTrue(
                run.err().endsWith("error: the connection was lost: try again; the same command can be given again\n"),
                run.err());
        assertEquals(69, run.status());
    }

    @Test
    void artifactIsFetchedThroughLostConnectionsAndChecked() throws IOException {
        byte[] big = artifacts();
        Cuts cuts = new Cuts(1, "big");

        SallyRun streamed = sally(cuts, "get", "7", "big", "-o", "-");
        assertArrayEquals(big, streamed.out());
        assertEquals(0, streamed.status(), streamed.err());
        assertEquals(0, cuts.left);

        SallyRun named = sally("get", "7", "dist/a b");
        assertEquals("small", Files.readString(folder.resolve("a b")));
        assertEquals(0, named.status(), named.err());
    }

    @Test
    void artifactsAreListedOverAllPages() throws IOException {
        byte[] big = artifacts();

        SallyRun run = sally("get", "7");

        assertEquals(
                BIG + "  " + sha256(big) + "  big\n",
                run.text().lines().findFirst().orElse("") + "\n");
        assertTrue(run.text().endsWith("  dist/a b\n"), run.text());
    }

    @Test
    void allArtifactsKeepTheirPaths() throws IOException {
        byte[] big = artifacts();

        assertEquals(0, sally("get", "7", "--all").status());

        assertArrayEquals(big, Files.readAllBytes(folder.resolve("build-7/big")));
        assertEquals("small", Files.readString(folder.resolve("build-7/dist/a b")));
    }

    @Test
    void damagedArtifactIsNotKept() throws IOException {
        artifacts();
        serve("a b", "smalL");
        Files.writeString(folder.resolve("kept"), "before");

        SallyRun run = sally("get", "7", "dist/a b", "-o", "kept");

        assertTrue(run.err().startsWith("error: 'dist/a b' came damaged (sha256 "), run.err());
        assertEquals(65, run.status());
        assertEquals("before", Files.readString(folder.resolve("kept")));
        assertEquals(List.of("kept"), namesHere());
    }

    @Test
    void artifactThatIsNotThereIsSaid() throws IOException {
        artifacts();

        SallyRun run = sally("get", "7", "nothing");

        assertEquals("error: build 7 has no artifact 'nothing': see 'sally get 7' for what it has\n", run.err());
        assertEquals(66, run.status());
    }

    @Test
    void detachedSubmissionGivesTheId() throws Exception {
        Files.writeString(folder.resolve("hello.txt"), "hello");

        SallyRun run =
                sally("submit", "-P", "web", "--detach", "--var", "A=1 2", "--label", "why=test", "--ref", "main");

        assertEquals("7\n", run.text());
        assertEquals(0, run.status(), run.err());
        assertEquals(List.of("submit web labels.why=test ref=main 'variables.A=1 2'"), sshd.requests());
        assertEquals(List.of("hello.txt"), listed(sshd.state().resolve("source.tar")));
    }

    @Test
    void archiveOnStandardInputIsSentAsItIs() throws IOException {
        byte[] archive = bytes(3, BIG);

        SallyRun run = sally(archive, "submit", "-P", "web", "--json", "-");

        assertEquals("{\"id\":7,\"project\":\"web\",\"state\":\"queued\"}\n", run.text());
        assertArrayEquals(archive, Files.readAllBytes(sshd.state().resolve("source.tar")));
    }

    @Test
    void followedSubmissionGoesOnAfterALostConnection() throws IOException {
        Files.writeString(folder.resolve("hello.txt"), "hello");
        byte[] log = bytes(4, BIG);
        Files.write(sshd.state().resolve("log"), log);
        serve("result", "1");

        SallyRun run = sally(new Cuts(1, "log"), "submit", "-P", "web", "-f");

        assertArrayEquals(log, run.out());
        assertEquals(1, run.status());
        assertTrue(run.err().startsWith("sally: build 7 (web) queued\n"), run.err());
        assertEquals("submit web follow=true", sshd.requests().getFirst());
        assertTrue(
                sshd.requests().get(1).startsWith("GET /builds/7/log format=raw offset="),
                sshd.requests().get(1));
    }

    @Test
    void submissionForAnArtifactGivesItAfterALostConnectionToo() throws IOException {
        Files.writeString(folder.resolve("hello.txt"), "hello");
        byte[] big = artifacts();

        SallyRun run = sally(new Cuts(1, "big"), "submit", "-P", "web", "--artifact", "big");

        assertArrayEquals(big, run.out());
        assertEquals(0, run.status(), run.err());
        assertTrue(run.err().contains("the log\n"), run.err());
    }

    @Test
    void submissionThatWasNotAnsweredIsNotRepeated() throws IOException {
        Files.writeString(folder.resolve("hello.txt"), "hello");
        serve("drop.submit", "");

        SallyRun run = sally("submit", "-P", "web", "--detach");

        assertEquals(69, run.status());
        assertTrue(run.err().contains("error: the connection was lost "), run.err());
        assertEquals(1, sshd.requests().size());
    }

    @Test
    void refusedKeyIsSaid() throws IOException, InterruptedException {
        Path other = root.resolve("other");
        assertEquals(
                0,
                new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other.toString())
                        .start()
                        .waitFor());

        SallyRun run = SallyRun.of(folder, environment(), args(other, "wait", "7"));

        assertTrue(run.err().contains("error: the gateway accepted none of your keys"), run.err());
        assertEquals(69, run.status());
        assertFalse(run.err().contains("\tat "));
    }

    @Test
    void gatewayThatIsNotThereIsSaid() throws IOException {
        sshd.close();

        SallyRun run = sally("log", "-f", "7");

        assertTrue(run.err().contains("error: nothing answers there"), run.err());
        assertEquals(69, run.status());
    }

    private SallyRun sally(String... args) {
        return SallyRun.of(folder, environment(), args(sshd.userKey(), args));
    }

    private SallyRun sally(byte[] input, String... args) {
        return SallyRun.of(folder, environment(), input, args(sshd.userKey(), args));
    }

    private SallyRun sally(Cuts cuts, String... args) throws IOException {
        serve("hang." + cuts.file, "");
        return SallyRun.of(folder, environment(), new byte[0], cuts, cuts, args(sshd.userKey(), args));
    }

    private Map<String, String> environment() {
        return Map.of("SALLY_HOST", "127.0.0.1", "SALLY_PORT", Integer.toString(sshd.port()), "HOME", root.toString());
    }

    private String[] args(Path key, String... args) {
        List<String> all = new ArrayList<>(List.of("-i", key.toString()));
        sshd.sshOptions().forEach(option -> all.addAll(List.of("-o", option)));
        all.addAll(List.of(args));
        return all.toArray(String[]::new);
    }

    private void serve(String name, String text) throws IOException {
        Files.writeString(sshd.state().resolve(name), text);
    }

    /** Two artifacts on two pages; returns the bytes of the large one. */
    private byte[] artifacts() throws IOException {
        byte[] big = bytes(5, BIG);
        Files.write(sshd.state().resolve("big"), big);
        serve("a b", "small");
        serve("page1", "{\"items\":[" + item("big", big) + "],\"next\":\"big\"}\n");
        serve("page2", "{\"items\":[" + item("dist/a b", "small".getBytes(StandardCharsets.UTF_8)) + "]}\n");
        return big;
    }

    private static String item(String path, byte[] content) {
        return "{\"path\":\"%s\",\"size\":%d,\"sha256\":\"%s\"}".formatted(path, content.length, sha256(content));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private List<String> namesHere() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> listed(Path tar) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("tar", "tf", tar.toString()).start();
        String names = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return names.lines().toList();
    }

    /** A standard output that kills the ssh program when it has got half an answer, several times. */
    private final class Cuts extends ByteArrayOutputStream {
        private final String file;
        private int left;
        private int next = 100_000;

        private Cuts(int left, String file) {
            this.left = left;
            this.file = file;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (left > 0 && size() >= next) {
                left--;
                next += 100_000;
                hangAgain();
                ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().command().orElse("").endsWith("/ssh"))
                        .forEach(ProcessHandle::destroyForcibly);
            }
        }

        private void hangAgain() {
            try {
                if (left > 0) {
                    serve("hang." + file, "");
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
