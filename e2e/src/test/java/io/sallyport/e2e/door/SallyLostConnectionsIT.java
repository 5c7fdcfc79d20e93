package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The packaged client when its ssh program is killed under it, again and again. */
class SallyLostConnectionsIT {
    private static final int CUTS = 5;
    private static final long BIG = 256L << 20;

    @RegisterExtension
    static final GatewayProcess gateway =
            new GatewayProcess("builds.artifactBytes: 1GiB", "builds.workspaceFiles: 1000");

    @BeforeAll
    static void projects() throws Exception {
        gateway.projects("web");
    }

    @Test
    void anArtifactComesWholeThroughFiveCuts() throws Exception {
        Sally sally = Sally.of(gateway.admin(), gateway.work());
        String script = "head -c " + BIG + " /dev/urandom > big; sha256sum < big";
        sally.file(".sallyport.yml", "script:\n  - " + script + "\nartifacts:\n  paths: [big]\n");
        String build = sally.run("submit", "-d").ok().text().strip();
        sally.run("wait", build).ok();
        Path got = sally.folder().resolve("got");

        try (Running get = sally.start("get", build, "big", "-o", "got")) {
            cut(get, () -> part(sally.folder()));
            get.end().ok();
        }

        String digest =
                gateway.admin().run("log " + build + " stream=out").ok().text().substring(0, 64);
        assertEquals(
                digest,
                Program.of("sha256sum", got.toString()).run().ok().text().substring(0, 64));
    }

    @Test
    void aLogComesWholeThroughFiveCuts() throws Exception {
        Sally sally = Sally.of(gateway.admin(), gateway.work());
        // Slow enough that there is always more to come.
        sally.file(".sallyport.yml", "script:\n  - for i in $(seq 300); do seq $i 500; sleep 0.05; done\n");
        String build = sally.run("submit", "-d").ok().text().strip();

        Outcome log;
        try (Running follower = sally.start("log", build, "-f")) {
            cut(follower, () -> (long) follower.out().bytes().length);
            log = follower.end().ok();
        }

        assertArrayEquals(gateway.admin().run("log " + build).ok().out(), log.out());
    }

    @Test
    void anUploadGoesOnWithWhatIsMissing() throws Exception {
        Sally sally = Sally.of(gateway.admin(), gateway.work());
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
        try (Running submit = sally.start("submit", "-d", "--label", "upload=once")) {
            for (int i = 0; i < 2; i++) {
                Await.until("a connection", () -> killSsh(submit) || !submit.alive());
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
                .run("GET /projects/web/builds label.upload=once")
                .ok()
                .items()
                .size();
        assertEquals(1, labelled, "one build, however often it was asked for");
    }

    /** Kills ssh five times, each time when more has come. */
    private static void cut(Running program, Callable<Long> come) throws Exception {
        long before = -1;
        for (int i = 0; i < CUTS && program.alive(); i++) {
            long least = before;
            Await.until("more has come", () -> come.call() > least || !program.alive());
            before = come.call();
            Await.until("a connection", () -> killSsh(program) || !program.alive());
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

    private static boolean killSsh(Running program) {
        Optional<ProcessHandle> ssh = ProcessHandle.of(program.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(child -> child.info().command().orElse("").endsWith("/ssh"))
                .findFirst();
        ssh.ifPresent(ProcessHandle::destroyForcibly);
        return ssh.isPresent();
    }
}
