package io.sallyport.builds.executor.process;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.OrderedRun;
import io.sallyport.builds.executor.Orders;
import io.sallyport.builds.source.TarMaker;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A process of its own with an executor in it: to be killed, or to run as another user. */
final class ChildGateway {
    private static final byte[] FILE = "file of a variable\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TAR = new TarMaker()
            .folder("unpacked/", 0555)
            .file("unpacked/ro", 0444, "unpacked\n".getBytes(StandardCharsets.UTF_8))
            .bytes();

    private ChildGateway() {}

    /**
     * Runs each command as a job of its own, all at once, prints what they print, and how each ended. Each has a variable
     * FILE of a file, and unpacked/ro in its workspace.
     */
    public static void main(String[] arguments) throws Exception {
        Path workspaces = Path.of(arguments[0]);
        Sandbox mode = Sandbox.parse(arguments[1]).orElseThrow();
        Orders orders = new Orders();
        PrintStream out = System.out;
        try (ProcessExecutor executor =
                ProcessExecutor.open(ProcessSettings.in(workspaces).with(mode), (source, folder) -> {})) {
            List<OrderedRun> runs = new ArrayList<>();
            for (String script : List.of(arguments).subList(2, arguments.length)) {
                OrderedRun run = OrderedRun.of(executor, orders.withFiles(Map.of("FILE", FILE), script));
                run.unpack(new ByteArrayInputStream(TAR));
                runs.add(run);
                run.start(new Printed(out));
            }
            for (OrderedRun run : runs) {
                out.println(run.await());
                run.close();
            }
        }
    }

    private record Printed(PrintStream to) implements JobOutput {
        @Override
        public void out(ByteBuffer bytes) {
            to.print(StandardCharsets.UTF_8.decode(bytes));
            to.flush();
        }

        @Override
        public void err(ByteBuffer bytes) {
            out(bytes);
        }

        @Override
        public void system(String line) {}
    }

    /**
     * Starts one.
     *
     * @param prefix a command that starts it, such as one that changes the user; may be empty
     * @param classes folder with copies of what it needs, or an empty path for the classes of this process
     */
    static Process start(List<String> prefix, String classes, Path workspaces, Sandbox mode, String... scripts)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classes));
        command.addAll(List.of(ChildGateway.class.getName(), workspaces.toString(), mode.label()));
        command.addAll(List.of(scripts));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Waits until that many jobs have printed a line that says so. */
    static void waitForReady(Process gateway, int jobs) throws IOException {
        BufferedReader lines = gateway.inputReader();
        for (int ready = 0; ready < jobs; ) {
            String line = lines.readLine();
            assertNotNull(line, "the gateway ended early");
            if (line.equals("ready")) {
                ready++;
            }
        }
    }

    /** The classes of this process where they are. */
    static String classes() {
        return System.getProperty("java.class.path");
    }

    /** Copies of the classes and libraries of this process that everybody may read. */
    static String classesForEverybody(Path folder) throws IOException {
        List<String> copies = new ArrayList<>();
        for (String entry : classes().split(":")) {
            Path copy = folder.resolve(Integer.toString(copies.size()));
            copy(Path.of(entry), entry.endsWith(".jar") ? folder.resolve(copies.size() + ".jar") : copy);
            copies.add(entry.endsWith(".jar") ? copy + ".jar" : copy.toString());
        }
        return String.join(":", copies);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path there = to.resolve(from.relativize(each).toString());
                Files.copy(each, there);
                Files.setPosixFilePermissions(
                        there, PosixFilePermissions.fromString(Files.isDirectory(there) ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }
}
