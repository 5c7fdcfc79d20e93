package io.sallyport.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** OpenSSH's server on loopback, whose every channel is a run of the small gateway, a shell script. */
public final class LoopbackSshd implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final int port;
    private final Process server;

    private LoopbackSshd(Path folder, int port, Process server) {
        this.folder = folder;
        this.port = port;
        this.server = server;
    }

    /** Starts one; skips the test where there is no sshd, but not on the machines that decide. */
    public static LoopbackSshd start(Path folder) throws IOException, InterruptedException {
        boolean required = "true".equals(System.getenv("CI"));
        assumeTrue(required || Files.isExecutable(SSHD), "there is no " + SSHD);
        if (System.getProperty("user.name").equals("root")) {
            // Where root's sshd puts its unprivileged half; usually made by the service.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        Files.createDirectory(folder.resolve("state"));
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                folder.resolve("host_key").toString());
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                folder.resolve("user_key").toString());
        try (InputStream script = LoopbackSshd.class.getResourceAsStream("small-gateway.sh")) {
            Files.copy(Objects.requireNonNull(script), folder.resolve("gateway.sh"));
        }
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                folder.resolve("authority").toString());
        run(
                "ssh-keygen",
                "-q",
                "-s",
                folder.resolve("authority").toString(),
                "-h",
                "-I",
                "sshd",
                "-n",
                "gateway,127.0.0.1",
                folder.resolve("host_key.pub").toString());
        int port = freePort();
        Files.writeString(
                folder.resolve("known_hosts"),
                "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("host_key.pub")));
        Files.writeString(folder.resolve("config"), config(folder, port));
        Process server = new ProcessBuilder(
                        SSHD.toString(),
                        "-D",
                        "-e",
                        "-f",
                        folder.resolve("config").toString())
                .redirectErrorStream(true)
                .start();
        LoopbackSshd sshd = new LoopbackSshd(folder, port, server);
        sshd.awaitListening();
        return sshd;
    }

    /** Where the small gateway reads what it serves and notes what it was asked. */
    public Path state() {
        return folder.resolve("state");
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The requests so far. */
    public List<String> requests() throws IOException {
        Path requests = state().resolve("requests");
        return Files.exists(requests) ? Files.readAllLines(requests) : List.of();
    }

    /** Private key that may log in. */
    public Path userKey() {
        return folder.resolve("user_key");
    }

    /** The file of the public key of the authority that has certified it as {@code gateway} and {@code 127.0.0.1}. */
    public Path authority() {
        return folder.resolve("authority.pub");
    }

    /** What it is known by to others: the file of its public key. */
    public Path hostKey() {
        return folder.resolve("host_key.pub");
    }

    /** Options that keep ssh from the files of the user who runs the test. */
    public List<String> sshOptions() {
        return List.of(
                "UserKnownHostsFile=" + folder.resolve("known_hosts"),
                "GlobalKnownHostsFile=none",
                "IdentitiesOnly=yes",
                "IdentityAgent=none",
                "BatchMode=yes",
                "KexAlgorithms=curve25519-sha256");
    }

    /** Those of them that are not about the cost of a connection. */
    public List<String> optionsOfAnyTransport() {
        return sshOptions().stream()
                .filter(option -> !option.startsWith("KexAlgorithms"))
                .toList();
    }

    /** How many processes serve a connection now. */
    public long connections() {
        return server.children().count();
    }

    /** Cuts all connections. */
    public void cut() {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() throws IOException {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly().onExit().join();
    }

    private void awaitListening() throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.startsWith("Server listening on")) {
                Thread.ofPlatform().daemon().start(() -> drain(said));
                return;
            }
        }
        throw new IOException("sshd did not start: " + all);
    }

    private static void drain(BufferedReader said) {
        try (said) {
            while (said.readLine() != null) {
                // Only so that sshd never waits for a reader.
            }
        } catch (IOException ended) {
            // With sshd.
        }
    }

    private static String config(Path folder, int port) {
        return """
                ListenAddress 127.0.0.1:%2$d
                HostKey %1$s/host_key
                HostCertificate %1$s/host_key-cert.pub
                AuthorizedKeysFile %1$s/user_key.pub
                PidFile none
                StrictModes no
                UsePAM no
                PermitRootLogin yes
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                MaxStartups 100
                ForceCommand exec /bin/sh %1$s/gateway.sh %1$s/state
                """.formatted(folder, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + status);
        }
    }
}
