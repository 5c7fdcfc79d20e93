package io.sallyport.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged client, and its start. The column of sshd has the other side. */
final class Client {
    private static final int STARTS = 20;

    /** What the launcher gives to Java. */
    static final List<String> QUICK = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** {@code sally show}, next to ssh alone and to a JVM that does nothing. */
    List<Row> start(Contest contest) throws IOException, InterruptedException {
        long id = contest.build(Sources.of(contest.place(), "script: [\"true\"]\n"));
        Path empty = contest.place().file("Empty.java");
        Files.writeString(empty, "class Empty { public static void main(String[] words) {} }\n");
        compile(empty);
        List<String> nothing = new ArrayList<>(List.of(java()));
        nothing.addAll(QUICK);
        nothing.addAll(List.of("-cp", contest.place().text(""), "Empty"));
        List<String> show = sally(contest, "ssh_config", "show", Long.toString(id));
        List<String> plain = new ArrayList<>(show);
        plain.add(1, "SALLY_AOT=off");
        Medians medians = new Rounds()
                .timed("jvm", () -> Programs.run(nothing))
                .timed("ssh", () -> Programs.run(contest.gateway().ssh("show " + id)))
                .timed("plain", () -> Programs.run(plain))
                .timed(Medians.GATEWAY, () -> Programs.run(show))
                .run(STARTS);
        return List.of(
                row("sally show, next to an empty Java main", medians, "jvm", new Goal.AtMost(4.5)),
                row("the same, next to ssh", medians, "ssh", Goal.NONE),
                row("the same, next to itself without the AOT cache", medians, "plain", Goal.NONE));
    }

    static String java() {
        return ProcessHandle.current().info().command().orElse("java");
    }

    static void compile(Path program, String... options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Path.of(java()).resolveSibling("javac").toString()));
        command.addAll(List.of(options));
        command.add(program.toString());
        Programs.run(command);
    }

    static Row row(String what, Medians medians, String other, Goal goal) {
        return new Row(what, "ms", medians.of(other), medians.of(Medians.GATEWAY), goal);
    }

    static List<String> sally(Contest contest, String config, String... words) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "XDG_CACHE_HOME=" + contest.place().file("cache"),
                "SALLY_SSH=ssh -F " + contest.place().file(config),
                "SALLY_HOST=gateway",
                "SALLY_PROJECT=" + Gateway.PROJECT,
                contest.repository().resolve("sally").toString()));
        command.addAll(List.of(words));
        return command;
    }
}
