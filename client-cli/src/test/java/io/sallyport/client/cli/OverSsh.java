package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.client.LoopbackSshd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of commands over the real ssh program and a real sshd share; its channels are answered by a shell script. */
abstract class OverSsh {
    static final int BIG = 3_000_000;

    @TempDir
    Path root;

    Path folder;
    LoopbackSshd sshd;

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

    SallyRun sally(String... args) {
        return SallyRun.of(folder, environment(), args(sshd.userKey(), args));
    }

    SallyRun sally(byte[] input, String... args) {
        return SallyRun.of(folder, environment(), input, args(sshd.userKey(), args));
    }

    SallyRun sally(Cuts cuts, String... args) throws IOException {
        serve("hang." + cuts.file, "");
        return SallyRun.of(folder, environment(), new byte[0], cuts, cuts, args(sshd.userKey(), args));
    }

    /** The transport to test. */
    String transport() {
        return "ssh";
    }

    /** Options for it. */
    List<String> options() {
        return sshd.sshOptions();
    }

    /** Cuts its connections. */
    void cut() {
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/ssh"))
                .forEach(ProcessHandle::destroyForcibly);
    }

    Map<String, String> environment() {
        return Map.of(
                "SALLY_HOST", "127.0.0.1",
                "SALLY_PORT", Integer.toString(sshd.port()),
                "SALLY_TRANSPORT", transport(),
                "HOME", root.toString());
    }

    String[] args(Path key, String... args) {
        List<String> all = new ArrayList<>(List.of("-i", key.toString()));
        options().forEach(option -> all.addAll(List.of("-o", option)));
        all.addAll(List.of(args));
        return all.toArray(String[]::new);
    }

    void serve(String name, String text) throws IOException {
        Files.writeString(sshd.state().resolve(name), text);
    }

    /** Two artifacts on two pages; returns the bytes of the large one. */
    byte[] artifacts() throws IOException {
        byte[] big = bytes(5, BIG);
        Files.write(sshd.state().resolve("big"), big);
        serve("a b", "small");
        serve("page1", "{\"items\":[" + item("big", big) + "],\"next\":\"big\"}\n");
        serve("page2", "{\"items\":[" + item("dist/a b", "small".getBytes(StandardCharsets.UTF_8)) + "]}\n");
        return big;
    }

    static String item(String path, byte[] content) {
        return "{\"path\":\"%s\",\"size\":%d,\"sha256\":\"%s\"}".formatted(path, content.length, sha256(content));
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    List<String> namesHere() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static List<String> listed(Path tar) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("tar", "tf", tar.toString()).start();
        String names = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return names.lines().toList();
    }

    /** A standard output that kills the ssh program when it has got half an answer, several times. */
    final class Cuts extends ByteArrayOutputStream {
        private final String file;
        int left;
        private int next = 100_000;

        Cuts(int left, String file) {
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
                cut();
            }
        }

        private void hangAgain() {
            try {
                if (left > 0) {
                    serve("hang." + file, "");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
