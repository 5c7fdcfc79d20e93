package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
        Path key = lockedKey("locked");
        Sally sally = Sally.of(gateway.client(key), gateway.work()).by(Sally.Transport.BUILT_IN);
        String[] words = asking(sally);
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

    @Test
    void whoInterruptsTheQuestionForAPassphraseSeesAgainWhatTheyType() throws Exception {
        Path key = lockedKey("also-locked");
        Sally sally = Sally.of(gateway.client(key), gateway.work()).by(Sally.Transport.BUILT_IN);
        Path script = Files.writeString(sally.home().resolve("terminal.py"), INTERRUPTER);

        Outcome interrupted = Program.of("python3", script.toString())
                .with(asking(sally))
                .in(sally.folder())
                .run()
                .ok();

        assertEquals(
                "hidden True, shown again True, status 130", interrupted.text().strip());
    }

    private static Path lockedKey(String name) throws Exception {
        Program.need("python3");
        Path key = gateway.work().resolve(name);
        Program.of("cp", gateway.admin().key().toString(), key.toString()).run().ok();
        Program.of("ssh-keygen", "-q", "-p", "-P", "", "-N", "open sesame", "-f", key.toString())
                .run()
                .ok();
        return key;
    }

    /** The words of a command that asks for what it needs. */
    private static String[] asking(Sally sally) throws IOException {
        return sally.program("ls").words().stream()
                .map(word -> word.replace("BatchMode=yes", "BatchMode=no"))
                .toArray(String[]::new);
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

    /** Runs a program at a terminal and presses Ctrl-C when a passphrase is asked for; tells whether the terminal shows what is typed. */
    private static final String INTERRUPTER = """
            import fcntl, os, pty, signal, subprocess, sys, termios
            terminal, other = pty.openpty()
            shows = lambda: bool(termios.tcgetattr(other)[3] & termios.ECHO)
            def log_in(): # where nothing is ignored, whatever these tests were started by ignores
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            child = subprocess.Popen(
                sys.argv[1:], stdin=other, stdout=other, stderr=other, start_new_session=True, preexec_fn=log_in)
            said = b""
            while b"locked: " not in said:
                said += os.read(terminal, 4096)
            hidden = not shows()
            os.write(terminal, b"\\x03")
            status = child.wait(60)
            print(f"hidden {hidden}, shown again {shows()}, status {status}")
            """;
}
