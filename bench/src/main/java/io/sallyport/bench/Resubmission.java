package io.sallyport.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A large folder with one changed file submitted again by the packaged client, next to all of it by {@code tar} and {@code
 * ssh} and to a walk over it, on loopback and over a network.
 */
final class Resubmission implements Measure {
    private static final int FOLDERS = 200;
    private static final int FILES_IN_FOLDER = 100;
    private static final int BYTES_OF_FILE = 15_000;
    private static final int MEGABITS = 100;
    private static final int ROUND_TRIP = 20;

    @Override
    public List<Row> measure(Contest contest) throws IOException, InterruptedException {
        Path tree = tree(contest.place());
        List<String> again = Client.sally(contest, "ssh_config", "submit", "-d", tree.toString());
        List<String> tar = tar(contest, "ssh_config", tree);
        List<String> find = shell("find " + tree + " -printf '%s %T@\\n' > /dev/null");
        List<String> walk = walk(contest, tree);
        try (Sleeper _ = Sleeper.start(contest);
                Sleeper _ = Sleeper.start(contest)) {
            Medians medians = new Rounds()
                    .side("tar", () -> Rounds.milliseconds(() -> Programs.run(tar)))
                    .timed("find", () -> Programs.run(find))
                    .side("walk", () -> Double.parseDouble(Programs.output(walk)))
                    .side("walker", () -> Rounds.milliseconds(() -> Programs.output(walk)))
                    .side(Medians.GATEWAY, () -> changed(tree, again))
                    .run(contest.effort().transfers());
            List<Row> rows = new ArrayList<>(List.of(
                    Client.row(
                            "20,000 files, one changed: sally submit, tar | ssh submit",
                            medians,
                            "tar",
                            new Goal.AtMost(0.05)),
                    Client.row("the same, next to find over the folder", medians, "find", new Goal.AtMost(2)),
                    Client.row(
                            "the same, next to a Java program that only walks it",
                            medians,
                            "walker",
                            new Goal.AtMost(2)),
                    new Row(
                            "the walk of it in sally alone, find",
                            "ms",
                            medians.of("find"),
                            medians.of("walk"),
                            Goal.NONE)));
            rows.add(far(contest, tree));
            return rows;
        }
    }

    /** The same where bytes and answers take their time. All of it is sent once: the network alone says how long that takes. */
    private static Row far(Contest contest, Path tree) throws IOException, InterruptedException {
        int port = contest.gateway().port();
        try (Link link = Link.open(port, MEGABITS, ROUND_TRIP)) {
            Files.writeString(
                    contest.place().file("far_config"),
                    "Host gateway\n  Port " + link.port() + "\n  HostKeyAlias [127.0.0.1]:" + port + "\n"
                            + Files.readString(contest.place().file("ssh_config")));
            List<String> again = Client.sally(contest, "far_config", "submit", "-d", tree.toString());
            double all = Rounds.milliseconds(() -> Programs.run(tar(contest, "far_config", tree)));
            Medians medians = new Rounds()
                    .side(Medians.GATEWAY, () -> changed(tree, again))
                    .run(contest.effort().transfers());
            return new Row(
                    "the same over " + MEGABITS + " Mbit/s, " + ROUND_TRIP + " ms there and back",
                    "ms",
                    all,
                    medians.of(Medians.GATEWAY),
                    new Goal.AtMost(0.05));
        }
    }

    private static double changed(Path tree, List<String> again) throws IOException, InterruptedException {
        Files.writeString(tree.resolve("f0/f0"), Long.toString(System.nanoTime()));
        return Rounds.milliseconds(() -> Programs.run(again));
    }

    private static List<String> tar(Contest contest, String config, Path tree) {
        return shell("tar -C " + tree + " -c . | ssh -F " + contest.place().file(config) + " gateway submit "
                + Gateway.PROJECT);
    }

    /** A program that walks once as sally does, in a JVM that has just started as sally's, and tells the milliseconds. */
    private static List<String> walk(Contest contest, Path tree) throws IOException, InterruptedException {
        Path program = contest.place().file("Walk.java");
        Files.writeString(program, """
                import io.sallyport.client.source.SourceTree;
                import java.nio.file.Path;
                import java.util.Map;

                class Walk {
                    public static void main(String[] words) throws Exception {
                        long from = System.nanoTime();
                        SourceTree.of(Path.of(words[0]), Map.of(), notice -> {});
                        System.out.println((System.nanoTime() - from) / 1e6);
                    }
                }
                """);
        Path client = contest.repository().resolve("client-cli/target/sally");
        String jar = client.resolve("lib/sally.jar").toString();
        Client.compile(program, "-cp", jar);
        // The cache is there from the first run of sally; it is left out when it does not fit.
        List<String> command = new ArrayList<>(List.of(Client.java()));
        command.addAll(Client.QUICK);
        command.addAll(List.of(
                "-XX:AOTCache="
                        + client.resolve("sally-"
                                + Path.of(System.getProperty("java.home")).getFileName() + ".aot"),
                "-Xlog:disable",
                "-cp",
                jar + ":" + contest.place().text(""),
                "Walk",
                tree.toString()));
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
