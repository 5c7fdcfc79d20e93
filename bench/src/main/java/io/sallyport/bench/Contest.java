package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import io.sallyport.bench.lean.LoginKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** Both sides, running, and what they are measured with. */
final class Contest implements AutoCloseable {
    private final Path repository;
    private final Workplace place;
    private final LoginKey key;
    private final Effort effort;
    private final Sshd sshd;
    private final Gateway gateway;
    private final Server plain;
    private final Server house;

    private Contest(Path repository, Workplace place, Effort effort, Sshd sshd, Gateway gateway, LoginKey key) {
        this.repository = repository;
        this.key = key;
        this.place = place;
        this.effort = effort;
        this.sshd = sshd;
        this.gateway = gateway;
        this.plain = sshd.server(key, place.text("ssh_config"));
        this.house = gateway.server(key, place.text("ssh_config"));
    }

    /** Starts both and tells the clients where they are; the place is the caller's to remove. */
    static Contest start(Path repository, Workplace place, Effort effort) throws IOException, InterruptedException {
        Sshd sshd = Sshd.start(place);
        try {
            Gateway gateway = Gateway.make(repository, place, "home");
            try {
                Contest contest =
                        new Contest(repository, place, effort, sshd, gateway, LoginKey.read(place.file("user_key")));
                contest.introduce();
                return contest;
            } catch (IOException | GeneralSecurityException e) {
                gateway.close();
                throw new IOException("cannot set the clients up", e);
            }
        } catch (IOException e) {
            sshd.close();
            throw e;
        }
    }

    /** The folder of the repository. */
    Path repository() {
        return repository;
    }

    /** The administrator's. */
    LoginKey key() {
        return key;
    }

    Workplace place() {
        return place;
    }

    Effort effort() {
        return effort;
    }

    Sshd sshdProcess() {
        return sshd;
    }

    Gateway gatewayProcess() {
        return gateway;
    }

    /** OpenSSH's side. */
    Server sshd() {
        return plain;
    }

    /** The gateway's side. */
    Server gateway() {
        return house;
    }

    /** Submits an archive and waits for the build; the answer is its number. */
    long build(byte[] archive) throws IOException {
        try (Connection connection = house.connect()) {
            String build = Gateway.ask(connection, "submit " + Gateway.PROJECT, archive);
            long id = Json.number(build, "id");
            Gateway.ask(connection, "wait " + id);
            return id;
        }
    }

    @Override
    public void close() {
        gateway.close();
        sshd.close();
    }

    private void introduce() throws IOException, InterruptedException {
        Files.writeString(place.file("known_hosts"), knownHost(plain, "sshd_key") + knownHost(house, "home/host_key"));
        Files.writeString(place.file("ssh_config"), host(plain) + host(house) + clients());
        try (Connection connection = house.connect()) {
            Gateway.ask(connection, "PUT /projects/" + Gateway.PROJECT, "{}");
        }
    }

    private String knownHost(Server server, String key) throws IOException, InterruptedException {
        String line = Programs.output(List.of("ssh-keygen", "-y", "-f", place.text(key)));
        return "[127.0.0.1]:" + server.port() + " " + line + "\n";
    }

    private static String host(Server server) {
        return "Host %s\n  Port %d\n  User %s\n".formatted(server.name(), server.port(), server.user());
    }

    private String clients() {
        return """
                Host *
                  HostName 127.0.0.1
                  IdentityFile %s
                  IdentitiesOnly yes
                  IdentityAgent none
                  UserKnownHostsFile %s
                  GlobalKnownHostsFile none
                  StrictHostKeyChecking yes
                  KexAlgorithms curve25519-sha256
                  Ciphers aes256-gcm@openssh.com
                  HostKeyAlgorithms ssh-ed25519
                  LogLevel ERROR
                """.formatted(place.file("user_key"), place.file("known_hosts"));
    }
}
