package io.sallyport.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The packaged client: a large folder with one changed file submitted again, next to all of it by {@code tar} and {@code
 * ssh} and to a walk over it; and its start. The column of sshd has the other side.
 */
final class Client {
    private static final int FOLDERS = 200;
    private static final int FILES_IN_FOLDER = 100;
    private static final int BYTES_OF_FILE = 15_000;
    private static final int STARTS = 20;

    /** A large folder, submitted again. */
    List<Row> submit(Contest contest) throws IOException, InterruptedException {
        Path tree = tree(contest.place());
        List<String> again = sally(contest, "submit", "-d", tree.toString());
        List<String> tar = shell("tar -C " + tree + " -c . | ssh -F "
                + contest.place().file("ssh_config") + " gateway submit " + Gateway.PROJECT);
        List<String> walk = shell("find " + tree + " -printf '%s %T@\\n' > /dev/null");
        try (Sleeper _ = Sleeper.start(contest);
                Sleeper _ = Sleeper.start(contest)) {
            Medians medians = new Rounds()
                    .side("tar", () -> Rounds.milliseconds(() -> Programs.run(tar)))
                    .timed("walk", () -> Programs.run(walk))
                    .side(Medians.GATEWAY, () -> {
                        Files.writeString(tree.resolve("f0/f0"), Long.toString(System.nanoTime()));
                        return Rounds.milliseconds(() -> Programs.run(again));
                    })
                    .run(contest.effort().transfers());
            return List.of(
                    row(
                            "20,000 files, one changed: sally submit, tar | ssh submit",
                            medians,
                            "tar",
                            new Goal.AtMost(0.05)),
                    row("the same, next to find over the folder", medians, "walk", new Goal.AtMost(2)));
        }
    }

    /** {@code sally show}, next to ssh alone and to a JVM that does nothing. */
    List<Row> start(Contest contest) throws IOException, InterruptedException {
        long id = contest.build(Sources.of(contest.place(), "script: [\"true\"]\n"));
        Path empty = contest.place().file("Empty.java");
        Files.writeString(empty, "class Empty { public static void main(String[] words) {} }\n");
        String java = ProcessHandle.current().info().command().orElse("java");
        Programs.run(List.of(Path.of(java).resolveSibling("javac").toString(), empty.toString()));
        List<String> nothing = List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                contest.place().text(""),
                "Empty");
        List<String> show = sally(contest, "show", Long.toString(id));
        List<String> plain = new ArrayList<>(show);
        plain.add(1, "SALLY_AOT=off");
        Medians medians = new Rounds()
                .timed("jvm", () -> Programs.run(nothing))
                .timed("ssh", () -> Programs.run(contest.gateway().ssh("show " + id)))
                .timed("plain", () -> Programs.run(plain))
                .timed(Medians.GATEWAY, () -> Programs.run(show))
                .run(STARTS);
        return List.of(
                row("sally show, next to an empty Java main", medians, "jvm", new Goal.AtMost(6.8)),
                row("the same, next to ssh", medians, "ssh", Goal.NONE),
                row("the same, next to itself without the AOT cache", medians, "plain", Goal.NONE));
    }

    private static Row row(String what, Medians medians, String other, Goal goal) {
        return new Row(what, "ms", medians.of(other), medians.of(Medians.GATEWAY), goal);
    }

    private static List<String> sally(Contest contest, String... words) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "XDG_CACHE_HOME=" + contest.place().file("cache"),
                "SALLY_SSH=ssh -F " + contest.place().file("ssh_config"),
                "SALLY_HOST=gateway",
                "SALLY_PROJECT=" + Gateway.PROJECT,
                contest.repository().resolve("sally").toString()));
        command.addAll(List.of(words));
        return command;
    }

    private static List<String> shell(String commands) {
        return List.of("sh", "-c", commands);
    }

    /** 20,000 files of 300 MB in all, no two alike. */
    private static Path tree(Workplace place) throws IOException {
        Path tree = place.file("tree");
        Random random = new Random(1);
        byte[] bytes = new byte[BYTES_OF_FILE];
        for (int i = 0; i < FOLDERS; i++) {
            Path folder = Files.createDirectories(tree.resolve("f" + i));
            for (int j = 0; j < FILES_IN_FOLDER; j++) {
                random.nextBytes(bytes);
                Files.write(folder.resolve("f" + j), bytes);
            }
        }
        Files.write(tree.resolve(".sallyport.yml"), "script: [\"true\"]\n".getBytes(StandardCharsets.UTF_8));
        return tree;
    }
}
