package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user gets is the same, with the ssh program and without one. */
class SallyTransportsIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    @BeforeAll
    static void projects() throws Exception {
        gateway.projects("web");
    }

    @ParameterizedTest
    @EnumSource
    void aBuildIsSubmittedFollowedAndFetched(Sally.Transport transport) throws Exception {
        Sally sally = Sally.of(gateway.admin(), gateway.work()).by(transport);
        sally.file(
                ".sallyport.yml",
                "script:\n  - cat data\n  - test -e fixed\n  - echo made > app\nartifacts:\n  paths: [app]\n");
        sally.file("data", "some data\n");

        Outcome failed = sally.run("submit", "-f").exits(1);
        assertTrue(failed.text().contains("\nsome data\n"), failed.text());
        sally.file("fixed", "");
        String id = sally.run("submit", "-d").ok().text().strip();
        sally.run("wait", id).ok();
        sally.run("get", id, "app").ok();

        assertEquals("made\n", Files.readString(sally.folder().resolve("app")));
        Outcome nothing = sally.run("show", "999999").exits(66);
        assertTrue(nothing.errors().startsWith("error: "), nothing.errors());
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatIsNotKnownThereIsRefused(Sally.Transport transport) throws Exception {
        Path strange = gateway.key("strange-" + transport);

        Outcome refused = Sally.of(gateway.client(strange), gateway.work())
                .by(transport)
                .run("ls")
                .exits(69);

        assertTrue(refused.errors().contains("Permission denied"), refused.errors());
        assertTrue(
                refused.errors().contains("\nerror: the gateway accepted none of your keys: name one with -i"),
                refused.errors());
    }

    @ParameterizedTest
    @EnumSource
    void aHostKeyThatIsNotKnownHereIsRefused(Sally.Transport transport) throws Exception {
        Path other = Files.writeString(
                gateway.work().resolve("other-hosts-" + transport),
                Ssh.HOST + " " + Files.readString(Path.of(gateway.key("host-" + transport) + ".pub")));
        Ssh ssh = new Ssh(gateway.admin().key(), other, gateway::port, List.of());

        Outcome refused = Sally.of(ssh, gateway.work()).by(transport).run("ls").exits(69);

        assertTrue(refused.errors().contains("error: the "), refused.errors());
        assertTrue(refused.errors().contains("host key"), refused.errors());
        assertTrue(refused.errors().contains("administrator"), refused.errors());
        if (transport == Sally.Transport.BUILT_IN) {
            assertEquals(1, refused.errorLines().size(), refused.errors());
            assertTrue(refused.errors().contains(" is not the one in " + other + " line 1: "), refused.errors());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGatewayThatIsNotThereIsSaid(Sally.Transport transport) throws Exception {
        IntSupplier nobody;
        try (Relay gone = Relay.to(gateway.port())) {
            int port = gone.port();
            nobody = () -> port;
        }
        Ssh ssh = new Ssh(gateway.admin().key(), gateway.knownHosts(), nobody, List.of());

        Outcome refused = Sally.of(ssh, gateway.work())
                .by(transport)
                .run("log", "1", "-f")
                .exits(69);

        assertTrue(refused.errors().contains("error: nothing answers there"), refused.errors());
    }

    /** As in a container that has a JDK and little else. */
    @Test
    void whereThereIsNoSshProgramNoneIsNeeded() throws Exception {
        Sally sally = Sally.of(gateway.admin(), gateway.work()).by(Sally.Transport.BUILT_IN);
        Path programs = Files.createDirectory(sally.home().resolve("programs"));
        for (String program : List.of("env", "sh", "readlink", "mkdir", "rm", "mv", "sed")) {
            Files.createSymbolicLink(programs.resolve(program), Path.of("/bin", program));
        }

        Outcome listed = Program.of("/usr/bin/env", "PATH=" + programs)
                .with("JAVA_HOME=" + System.getProperty("java.home"))
                .with(sally.program("ls").words().stream()
                        .filter(word -> !word.startsWith("SALLY_TRANSPORT="))
                        .toArray(String[]::new))
                .in(sally.folder())
                .run()
                .ok();
        assertFalse(listed.text().isEmpty());
        Outcome asked = Program.of("/usr/bin/env", "PATH=" + programs)
                .with("JAVA_HOME=" + System.getProperty("java.home"))
                .with(sally.program("--transport", "ssh", "ls").words().toArray(String[]::new))
                .in(sally.folder())
                .run()
                .exits(69);
        assertTrue(asked.errors().startsWith("error: cannot run 'ssh': "), asked.errors());
    }

    @Test
    void thePassphraseOfAKeyIsAskedForAndNotShown() throws Exception {
        Program.need("python3");
        Path key = gateway.work().resolve("locked");
        Program.of("cp", gateway.admin().key().toString(), key.toString()).run().ok();
        Program.of("ssh-keygen", "-q", "-p", "-P", "", "-N", "open sesame", "-f", key.toString())
                .run()
                .ok();
        Sally sally = Sally.of(gateway.client(key), gateway.work()).by(Sally.Transport.BUILT_IN);
        String[] words = sally.program("ls").words().stream()
                .map(word -> word.replace("BatchMode=yes", "BatchMode=no"))
                .toArray(String[]::new);
        Path script = Files.writeString(sally.home().resolve("terminal.py"), TYPIST);

        Outcome asked = Program.of("python3", script.toString())
                .with(words)
                .in(sally.folder())
                .run()
                .ok();

        assertTrue(asked.text().contains("passphrase of the key " + key + ": \r\n"), asked.text());
        assertTrue(asked.text().contains("PROJECT") || asked.text().contains("no builds"), asked.text());
        assertFalse(asked.text().contains("sesame"), asked.text());
    }

    /** Runs a program at a terminal and types a passphrase when it is asked for. */
    private static final String TYPIST = """
            import os, pty, sys
            pid, terminal = pty.fork()
            if pid == 0:
                os.execvp(sys.argv[1], sys.argv[1:])
            said, typed = b"", False
            while True:
                try:
                    more = os.read(terminal, 4096)
                except OSError:
                    break
                if not more:
                    break
                said += more
                if not typed and b"locked: " in said:
                    os.write(terminal, b"open sesame\\n")
                    typed = True
            sys.stdout.buffer.write(said)
            sys.stdout.buffer.flush()
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """;
}
