package io.sallyport.client.mina;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.client.Channel;
import io.sallyport.client.ClientException;
import io.sallyport.client.LoopbackSshd;
import io.sallyport.client.Loss;
import io.sallyport.client.SshTarget;
import io.sallyport.client.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in transport and OpenSSH's server, with keys, known hosts and configuration as users have them. */
@Timeout(120)
class MinaTransportTest {
    @TempDir
    Path home;

    private LoopbackSshd sshd;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> options = new ArrayList<>();
    private final List<Path> identities = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private Optional<String> passphrase = Optional.empty();
    private String host = "127.0.0.1";
    private OptionalInt port = OptionalInt.empty();

    @BeforeEach
    void start() throws Exception {
        sshd = LoopbackSshd.start(Files.createDirectory(home.resolve("sshd")));
        Files.createDirectory(home.resolve(".ssh"));
        environment.put("HOME", home.toString());
        options.add("GlobalKnownHostsFile=none");
        port = OptionalInt.of(sshd.port());
        identities.add(sshd.userKey());
        known("[127.0.0.1]:" + sshd.port() + " " + key(sshd.hostKey()));
    }

    @AfterEach
    void stop() throws IOException {
        sshd.close();
    }

    @Test
    void requestsGoOverOneConnectionAndNothingIsLeftOfIt() throws Exception {
        Files.writeString(sshd.state().resolve("log"), "some words\n");
        Files.writeString(sshd.state().resolve("result"), "3");
        try (Transport transport = transport()) {
            for (int i = 0; i < 3; i++) {
                try (Channel channel = transport.open("GET /builds/7/log")) {
                    assertEquals("some words\n", new String(channel.output().readAllBytes(), StandardCharsets.UTF_8));
                    assertEquals(OptionalInt.of(3), channel.await());
                }
            }
            assertEquals(1, sshd.connections());
        }
        while (sshd.connections() > 0
                || Thread.getAllStackTraces().keySet().stream().anyMatch(MinaTransportTest::ofMina)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void halfABodyIsNeverAWholeOne() throws Exception {
        try (Transport transport = transport()) {
            Channel channel = transport.open("submit web");
            channel.input().write(new byte[100_000]);
            channel.input().flush();
            Path source = sshd.state().resolve("source.tar");
            while (!Files.exists(source) || Files.size(source) < 100_000) {
                Thread.onSpinWait();
            }
            channel.close();
            assertEquals(OptionalInt.empty(), channel.await());
            assertEquals(0, channel.output().readAllBytes().length);
            while (sshd.connections() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void anUnknownHostIsRefusedInOneSentenceThatSaysHowToAddIt() throws Exception {
        known("other.example " + key(sshd.hostKey()));

        String sentence = refusal();

        String line = "[127.0.0.1]:" + sshd.port() + " " + key(sshd.hostKey());
        assertEquals(
                "the host key of 127.0.0.1 port " + sshd.port() + ", " + fingerprint(sshd.hostKey())
                        + ", is not known here: compare it with the administrator's, then add to "
                        + home.resolve(".ssh/known_hosts") + " the line '" + line + "'",
                sentence);
        known(line);
        assertEquals("", said());
    }

    @Test
    void aHostWithAnotherKeyThanItHadIsRefused() throws Exception {
        known("# a comment\n[127.0.0.1]:" + sshd.port() + " " + key(sshd.authority()));

        String sentence = refusal();

        assertTrue(
                sentence.contains(", is not the one in " + home.resolve(".ssh/known_hosts") + " line 2: ask the"),
                sentence);
        assertEquals(List.of(), sshd.requests());
    }

    @Test
    void aRevokedKeyIsRefusedAlsoWhereItIsKnownOrCertified() throws Exception {
        known("[127.0.0.1]:" + sshd.port() + " " + key(sshd.hostKey()) + "\n@cert-authority * " + key(sshd.authority())
                + "\n@revoked * " + key(sshd.hostKey()));

        String sentence = refusal();

        assertTrue(
                sentence.contains(" is revoked by " + home.resolve(".ssh/known_hosts") + " line 3: ask the"), sentence);
    }

    @Test
    void aHashedNameAndANameWithoutPortAreKnown() throws Exception {
        run("ssh-keygen", "-q", "-H", "-f", home.resolve(".ssh/known_hosts").toString());
        assertTrue(Files.readString(home.resolve(".ssh/known_hosts")).startsWith("|1|"));
        assertEquals("", said());

        known("127.0.0.* " + key(sshd.hostKey()));
        assertEquals("", said());
        known("127.0.0.*,!127.0.0.1 " + key(sshd.hostKey()));
        assertTrue(refusal().contains("is not known here"));
    }

    @Test
    void aCertificateOfAnAuthorityIsGoodForItsNamesAlone() throws Exception {
        known("@cert-authority [127.0.0.1]:*,gateway,other " + key(sshd.authority()));
        assertEquals("", said());

        options.add("HostKeyAlias=gateway");
        assertEquals("", said());
        options.set(options.size() - 1, "HostKeyAlias=other");
        assertTrue(refusal().contains("is not known here"));
    }

    @Test
    void anEncryptedKeyIsAskedForOnceAndOnlyWhenItIsNeeded() throws Exception {
        run(
                "ssh-keygen",
                "-q",
                "-p",
                "-P",
                "",
                "-N",
                "open sesame",
                "-f",
                sshd.userKey().toString());
        passphrase = Optional.of("open sesame");
        try (Transport transport = transport()) {
            assertEquals("", said(transport));
            sshd.cut();
            assertEquals("", said(transport));
        }
        assertEquals(List.of("passphrase of the key " + sshd.userKey() + ": "), asked);

        asked.clear();
        passphrase = Optional.of("wrong");
        assertEquals(Loss.KEY_REFUSED, Loss.of(said()));
        assertEquals(3, asked.size());

        asked.clear();
        options.add("BatchMode=yes");
        assertEquals(Loss.KEY_REFUSED, Loss.of(said()));
        assertEquals(List.of(), asked);
    }

    @Test
    void aConnectionThatIsLostJustThenIsMadeAnewUnseen() throws Exception {
        try (Transport transport = transport()) {
            for (int i = 0; i < 30; i++) {
                assertEquals("", said(transport));
                sshd.cut();
                for (long nanos = i % 20 * 50_000L, since = System.nanoTime(); System.nanoTime() - since < nanos; ) {
                    Thread.onSpinWait(); // from before the client has seen the cut to after it
                }
            }
        }
    }

    @Test
    void aHostThatIsNotTheRightOneOrNotThereDoesNotHaveAnybodyAsked() throws Exception {
        run(
                "ssh-keygen",
                "-q",
                "-p",
                "-P",
                "",
                "-N",
                "open sesame",
                "-f",
                sshd.userKey().toString());
        passphrase = Optional.of("open sesame");
        known("other.example " + key(sshd.hostKey()));

        assertTrue(refusal().contains("is not known here"));
        sshd.close();
        assertEquals(Loss.UNREACHED, Loss.of(said()));

        assertEquals(List.of(), asked);
    }

    @Test
    void theAgentSigns() throws Exception {
        Path socket = home.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectErrorStream(true)
                .start();
        try {
            agent.inputReader(StandardCharsets.UTF_8).readLine();
            environment.put("SSH_AUTH_SOCK", socket.toString());
            run(
                    "env",
                    "SSH_AUTH_SOCK=" + socket,
                    "ssh-add",
                    "-q",
                    sshd.userKey().toString());
            identities.clear();
            assertEquals("", said());

            options.add("IdentitiesOnly=yes");
            assertEquals(Loss.KEY_REFUSED, Loss.of(said()));
            identities.add(Path.of(sshd.userKey() + ".pub"));
            assertEquals("", said());
            options.add("IdentityAgent=none");
            assertEquals(Loss.KEY_REFUSED, Loss.of(said()));
        } finally {
            agent.destroyForcibly().onExit().join();
        }
    }

    @Test
    void theUsersConfigurationCountsAndAJumpHostIsCheckedToo() throws Exception {
        identities.clear();
        port = OptionalInt.empty();
        host = "build";
        Files.writeString(home.resolve(".ssh/config"), """
                Host jump
                  HostKeyAlias the-jump-host
                Host jump build !other
                  HostName 127.0.0.1
                  Port %d
                Include keys.*
                Host build
                  ProxyJump jump
                Match exec "false"
                  User nobody
                """.formatted(sshd.port()));
        Files.writeString(home.resolve(".ssh/keys.conf"), "IdentityFile=" + sshd.userKey() + "\n");
        String gateway = "[127.0.0.1]:" + sshd.port() + " " + key(sshd.hostKey());
        known(gateway);

        assertTrue(refusal().contains("add to " + home.resolve(".ssh/known_hosts") + " the line 'the-jump-host "));
        known(gateway + "\nthe-jump-host " + key(sshd.hostKey()));
        Set<String> before = listening();
        try (Transport transport = transport()) {
            assertEquals("", said(transport));
            assertEquals(2, sshd.connections());
            assertEquals(before, listening(), "the port on the way is there for the log-in alone");
            assertEquals("", said(transport), "and is not needed any more");
            assertEquals(2, sshd.connections());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RevokedHostKeys", "KnownHostsCommand", "HostKeyAlgorithms", "CASignatureAlgorithms"})
    void whatSaysWhichHostKeysAreTrustedIsNotPassedOver(String keyword) throws Exception {
        Path config = home.resolve(".ssh/config");
        Files.writeString(config, "Host other\n  " + keyword + " something\n");
        assertEquals("", said());

        Files.writeString(config, "Host 127.*\n  " + keyword + " something\n");
        ClientException.BadSetting refused = assertThrows(ClientException.BadSetting.class, this::transport);
        assertEquals(
                keyword
                        + ": the built-in transport does not honour it, and could trust a host key that ssh refuses: use"
                        + " the ssh program for 127.0.0.1",
                refused.getMessage());

        Files.writeString(
                config,
                "Host jump\n  HostName 127.0.0.1\n  " + keyword + " something\n\nHost 127.*\n  " + keyword
                        + " none\n  ProxyJump jump\n");
        assertThrows(ClientException.BadSetting.class, this::said);
    }

    @Test
    void algorithmsBesidesTheUsualOnesAreNotNeeded() throws Exception {
        Files.writeString(home.resolve(".ssh/config"), "HostKeyAlgorithms +ssh-rsa\nCASignatureAlgorithms ^ssh-rsa\n");

        assertEquals("", said());
    }

    @Test
    void whatIsNotThereIsSaidInTheWordsOfSsh() throws Exception {
        sshd.close();
        assertEquals(Loss.UNREACHED, Loss.of(said()));
        host = "nowhere.invalid";
        assertEquals(Loss.HOST_UNKNOWN, Loss.of(said()));
    }

    @Test
    void anOptionThatCannotBeHonouredIsNotPassedOver() {
        options.add("ProxyCommand=nc %h %p");
        ClientException.BadSetting unknown = assertThrows(ClientException.BadSetting.class, this::transport);
        assertEquals("-o ProxyCommand=nc %h %p", unknown.origin());
        options.set(options.size() - 1, "StrictHostKeyChecking=accept-new");
        assertThrows(ClientException.BadSetting.class, this::transport);
    }

    private String refusal() {
        return String.valueOf(
                assertThrows(ClientException.HostKeyRefused.class, this::said).getMessage());
    }

    private String said() throws Exception {
        try (Transport transport = transport()) {
            return said(transport);
        }
    }

    /** What is said on standard error of a request that a gateway would answer. */
    private static String said(Transport transport) throws Exception {
        try (Channel channel = transport.open("GET /words")) {
            String said = new String(channel.errors().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(said.isEmpty() ? OptionalInt.of(0) : OptionalInt.empty(), channel.await());
            return said;
        }
    }

    private Transport transport() throws IOException {
        SshTarget target = new SshTarget(
                List.of("none"),
                host,
                port,
                identities.stream().map(Path::toString).toList(),
                options);
        return new MinaTransports().to(target, environment, question -> {
            asked.add(question);
            return passphrase.map(String::toCharArray);
        });
    }

    /** The sockets of this process at which anybody can connect over TCP. */
    private static Set<String> listening() throws IOException {
        Set<String> own = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path file : files) {
                if (Files.isSymbolicLink(file)) {
                    own.add(Files.readSymbolicLink(file).toString());
                }
            }
        }
        Set<String> listening = new HashSet<>();
        for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] words = line.strip().split("\\s+");
                if (words[3].equals("0A") && own.contains("socket:[" + words[9] + "]")) {
                    listening.add(words[1]);
                }
            }
        }
        return listening;
    }

    private static boolean ofMina(Thread thread) {
        return thread.getName().startsWith("sshd-");
    }

    private void known(String text) throws IOException {
        Files.writeString(home.resolve(".ssh/known_hosts"), text + "\n");
    }

    private static String key(Path file) throws IOException {
        String[] words = Files.readString(file).split(" ");
        return words[0] + " " + words[1].strip();
    }

    private static String fingerprint(Path file) throws Exception {
        Process process = new ProcessBuilder("ssh-keygen", "-l", "-f", file.toString()).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split(" ")[1];
    }

    private static void run(String... command) throws Exception {
        assertEquals(0, new ProcessBuilder(command).start().waitFor());
    }
}
