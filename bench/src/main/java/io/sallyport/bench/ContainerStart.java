package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import io.sallyport.bench.lean.OpenChannel;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * From a submission on an open connection to the first byte of the log of its build, in a container: of a gateway as it is
 * without settings, which makes each of an image of its own, of one that makes none of these, and of one that has a container ready. Each has run some builds before. Beside them the engine alone, asked through its socket with no
 * client's program between: making a container of the same image within the same bounds, starting it, its first byte.
 */
final class ContainerStart implements Measure {
    private static final String ENGINE = "engine";
    private static final String USUAL = "usual";
    private static final String PLAIN = "plain";
    private static final String READY = "ready";

    /** Until what a gateway does for each build is compiled: it is to be measured as it is after minutes, not after seconds. */
    private static final int WARM_UP = 30;

    private static final long LONGEST_WAIT = 60_000_000_000L;

    /** As the gateway describes a job's, but for names and labels. */
    private static final String DESCRIPTION = """
            {"Image": "%s", "User": "1000:1000", "Cmd": ["/bin/sh", "-c", "echo first"], "AttachStdout": true,
            "HostConfig": {"NetworkMode": "none", "CapDrop": ["ALL"], "SecurityOpt": ["no-new-privileges"],
            "Memory": 4294967296, "MemorySwap": 4294967296, "NanoCpus": 2000000000, "PidsLimit": 4096,
            "ShmSize": 268435456, "OomScoreAdj": 500,
            "LogConfig": {"Type": "local", "Config": {"max-size": "268435456", "max-file": "1", "compress": "false"}},
            "Tmpfs": {"/build/files": "rw,noexec,nosuid,nodev,size=4m,mode=0700,uid=1000,gid=1000"}}}
            """.formatted(Engine.IMAGE).replace("\n", "");

    @Override
    public List<Row> measure(Contest contest) throws IOException, InterruptedException {
        Optional<Engine> started =
                Engine.start(contest.repository(), contest.place().file("engine"));
        if (started.isEmpty()) {
            System.err.println("no engine here: containers are not measured");
            return List.of();
        }
        try (Engine engine = started.get();
                Gateway usual = gateway(contest, engine, USUAL, "");
                Gateway plain = gateway(contest, engine, PLAIN, "docker.readyImages: 0");
                Gateway ready = gateway(contest, engine, READY, "docker.readyContainers: 1");
                Connection toUsual = connect(contest, usual);
                Connection toPlain = connect(contest, plain);
                Connection toReady = connect(contest, ready)) {
            byte[] source = Sources.of(contest.place(), "script: [\"echo first\"]\n");
            for (int i = 0; i < WARM_UP; i++) {
                build(toUsual, source);
                build(toPlain, source);
                build(toReady, source);
            }
            Medians medians = new Rounds()
                    .side(ENGINE, () -> alone(engine))
                    .side(USUAL, () -> {
                        double took = build(toUsual, source);
                        await(
                                "image",
                                () -> engine.ask("GET", "/images/json", "").contains("io.sallyport.role"));
                        return took;
                    })
                    .side(PLAIN, () -> build(toPlain, source))
                    .side(READY, () -> {
                        double took = build(toReady, source);
                        await(
                                "container",
                                () -> engine.ask("GET", "/containers/json", "").contains("-ready-"));
                        return took;
                    })
                    .run(contest.effort().jobs());
            return List.of(
                    row("container made for the build", medians, USUAL, new Goal.AtMost(1.15)),
                    row("the same without images made ahead", medians, PLAIN, Goal.NONE),
                    row("container that was ready", medians, READY, new Goal.AtMost(0.4)));
        }
    }

    private static Row row(String what, Medians medians, String side, Goal goal) {
        return new Row(
                "submit to first byte of log, " + what + " (instead of sshd: the engine's create and start)",
                "ms",
                medians.of(ENGINE),
                medians.of(side),
                goal);
    }

    private static Gateway gateway(Contest contest, Engine engine, String name, String setting)
            throws IOException, InterruptedException {
        return Gateway.make(
                contest.repository(), contest.place(), name, """
                builds.executor: docker
                docker.host: %s
                docker.image: %s
                docker.pull: never
                %s
                """.formatted(engine.host(), Engine.IMAGE, setting));
    }

    private static Connection connect(Contest contest, Gateway gateway) throws IOException {
        Connection connection = gateway.server(contest.key(), "").connect();
        Gateway.ask(connection, "PUT /projects/" + Gateway.PROJECT, "{}");
        return connection;
    }

    private static double alone(Engine engine) throws IOException {
        long from = System.nanoTime();
        String container = engine.run(DESCRIPTION);
        double took = (System.nanoTime() - from) / 1e6;
        engine.ask("DELETE", "/containers/" + container + "?force=1", "");
        return took;
    }

    /** The milliseconds to the first byte; then waits until the build is over, and its container gone. */
    private static double build(Connection connection, byte[] source) throws IOException {
        long from = System.nanoTime();
        long id = Json.number(Gateway.ask(connection, "submit " + Gateway.PROJECT, source), "id");
        OpenChannel log = connection.channel("exec", "log " + id + " follow=true stream=out");
        byte[] first = log.chunk();
        double took = (System.nanoTime() - from) / 1e6;
        if (first == null || !new String(first, StandardCharsets.UTF_8).startsWith("first")) {
            throw new EOFException("build " + id + " has printed nothing");
        }
        byte[] more = first;
        while (more != null) {
            more = log.chunk();
        }
        Gateway.ask(connection, "wait " + id);
        return took;
    }

    /** Something that is so or not. */
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String what, Condition there) throws IOException, InterruptedException {
        long from = System.nanoTime();
        while (!there.holds()) {
            if (System.nanoTime() - from > LONGEST_WAIT) {
                throw new IOException("no " + what + " is made ready");
            }
            Thread.sleep(20);
        }
    }
}
