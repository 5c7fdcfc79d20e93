package io.sallyport.bench;

import io.sallyport.bench.lean.LoginKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** OpenSSH's server with a configuration and keys of its own. */
final class Sshd implements AutoCloseable {
    /** Where sshd, as root, wants to lock up its unprivileged part. */
    private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

    private final Process process;
    private final int port;

    private Sshd(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Sshd start(Workplace place) throws IOException, InterruptedException {
        int port = freePort();
        Files.writeString(place.file("sshd_config"), config(place, port));
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(PRIVILEGE_SEPARATION);
        }
        Process process = new ProcessBuilder(program(), "-D", "-e", "-f", place.text("sshd_config"))
                .redirectErrorStream(true)
                .redirectOutput(place.file("sshd.log").toFile())
                .start();
        Sshd sshd = new Sshd(process, port);
        sshd.awaitListening(place.file("sshd.log"));
        return sshd;
    }

    static String program() {
        return "/usr/sbin/sshd";
    }

    Server server(LoginKey key, String config) {
        return new Server("sshd", port, System.getProperty("user.name"), key, config);
    }

    /** Itself and one process, or more, for each connection. */
    List<Long> processes() {
        List<Long> all = new ArrayList<>(List.of(process.pid()));
        process.descendants().forEach(child -> all.add(child.pid()));
        return all;
    }

    @Override
    public void close() {
        Programs.end(process);
    }

    /**
     * As good as it gets for sshd: no PAM, no look-ups, its own sftp server within the process. The level of shells keeps
     * bash from reading the account's start-up files for each command, which on some accounts take longer than all else.
     */
    private static String config(Workplace place, int port) {
        return """
                ListenAddress 127.0.0.1
                Port %d
                HostKey %s
                AuthorizedKeysFile %s
                StrictModes no
                UsePAM no
                UseDNS no
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PermitRootLogin prohibit-password
                PrintMotd no
                PrintLastLog no
                PidFile none
                LogLevel ERROR
                MaxStartups 1000
                MaxSessions 1000
                SetEnv SHLVL=1
                Subsystem sftp internal-sftp
                """.formatted(port, place.file("sshd_key"), place.file("user_key.pub"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening(Path log) throws IOException, InterruptedException {
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IOException("sshd does not start: " + Files.readString(log), e);
                }
                Thread.sleep(20);
            }
        }
    }
}
