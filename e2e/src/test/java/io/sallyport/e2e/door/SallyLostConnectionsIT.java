package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packaged client when its ssh program is killed under it, or the way of its built-in transport cut, again and again. */
class SallyLostConnectionsIT {
    private static final int CUTS = 5;
    private static final long BIG = 1L << 30;
    private static final Duration MUCH = Duration.ofMinutes(5);
    private static final long LESS = 64L << 20;

    @RegisterExtension
    static final GatewayProcess gateway =
            new GatewayProcess("builds.artifactBytes: 2GiB", "builds.workspaceFiles: 1000");

    private static Relay relay;

    @BeforeAll
    static void projects() throws Exception {
        gateway.projects("web");
        relay = Relay.to(gateway.port());
    }

    @AfterAll
    static void noRelay() throws IOException {
        relay.close();
    }

    /** What is fetched with the ssh program is a gibibyte: three times as much on the disk, until the gateway is removed. */
    @ParameterizedTest
    @EnumSource
    void anArtifactComesWholeThroughFiveCuts(Sally.Transport transport) throws Exception {
        Sally sally = sally(transport);
        String script =
                "head -c " + (transport == Sally.Transport.SSH ? BIG : LESS) + " /dev/urandom > big; sha256sum < big";
        sally.file(".sallyport.yml", "script:\n  - " + script + "\nartifacts:\n  paths: [big]\n");
        String build = sally.run("submit", "-d").ok().text().strip();
        try (Running made = sally.start("wait", build)) {
            made.end(MUCH).ok();
        }
        Path got = sally.folder().resolve("got");

        try (Running get = sally.start("get", build, "big", "-o", "got")) {
            cut(transport, get, () -> part(sally.folder()));
            get.end(MUCH).ok();
        }

        String digest =
                gateway.admin().run("log " + build + " stream=out").ok().text().substring(0, 64);
        assertEquals(
                digest,
                Program.of("sha256sum", got.toString()).run().ok().text().substring(0, 64));
    }

    @ParameterizedTest
    @EnumSource
    void aLogComesWholeThroughFiveCuts(Sally.Transport transport) throws Exception {
        Sally sally = sally(transport);
        // Slow enough that there is always more to come.
        sally.file(".sallyport.yml", "script:\n  - for i in $(seq 300); do seq $i 500; sleep 0.05; done\n");
        String build = sally.run("submit", "-d").ok().text().strip();

        Outcome log;
        try (Running follower = sally.start("log", build, "-f")) {
            cut(transport, follower, () -> (long) follower.out().bytes().length);
            log = follower.end().ok();
        }

        assertArrayEquals(gateway.admin().run("log " + build).ok().out(), log.out());
    }

    @ParameterizedTest
    @EnumSource
    void anUploadGoesOnWithWhatIsMissing(Sally.Transport transport) throws Exception {
        Sally sally = sally(transport);
        sally.file(".sallyport.yml", "script:\n  - cat f* | sha256sum\n");
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            byte[] bytes = new byte[1 << 20];
            random.nextBytes(bytes);
            try (OutputStream out = Files.newOutputStream(sally.folder().resolve("f" + i))) {
                out.write(bytes);
            }
        }
        String build;
        try (Running submit = sally.start("submit", "-d", "--label", "upload=" + transport)) {
            for (int i = 0; i < 2; i++) {
                Await.until("a connection", () -> cut(transport, submit) || !submit.alive());
            }
            build = submit.end().ok().text().strip();
        }

        sally.run("wait", build).ok();
        String digest =
                gateway.admin().run("log " + build + " stream=out").ok().text().substring(0, 64);
        String own = Program.shell("cat f* | sha256sum")
                .in(sally.folder())
                .run()
                .ok()
                .text()
                .substring(0, 64);
        assertEquals(own, digest);
        long labelled = gateway.admin()
                .run("GET /projects/web/builds label.upload=" + transport)
                .ok()
                .items()
                .size();
        assertEquals(1, labelled, "one build, however often it was asked for");
    }

    private static Sally sally(Sally.Transport transport) throws IOException {
        Ssh admin = gateway.admin();
        return Sally.of(new Ssh(admin.key(), admin.knownHosts(), relay::port, admin.options()), gateway.work())
                .by(transport);
    }

    /** Cuts the connection five times, each time when more has come. */
    private static void cut(Sally.Transport transport, Running program, Callable<Long> come) throws Exception {
        long before = 0;
        for (int i = 0; i < CUTS && program.alive(); i++) {
            long least = before;
            Await.until("more has come", () -> come.call() > least || !program.alive());
            before = come.call();
            Await.until("a connection", () -> cut(transport, program) || !program.alive());
        }
    }

    /** How much of a file has come that is not in its place yet. */
    private static long part(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> part =
                    files.filter(file -> file.toString().endsWith(".part")).findFirst();
            return part.isPresent() ? Files.size(part.get()) : -1;
        }
    }

    private static boolean cut(Sally.Transport transport, Running program) throws IOException {
        return switch (transport) {
            case SSH -> killSsh(program);
            case BUILT_IN -> relay.cut();
        };
    }

    private static boolean killSsh(Running program) {
        Optional<ProcessHandle> ssh = ProcessHandle.of(program.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(child -> child.info().command().orElse("").endsWith("/ssh"))
                .findFirst();
        ssh.ifPresent(ProcessHandle::destroyForcibly);
        return ssh.isPresent();
    }
}
