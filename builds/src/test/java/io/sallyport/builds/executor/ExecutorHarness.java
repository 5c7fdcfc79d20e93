package io.sallyport.builds.executor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.builds.executor.process.LongSleep;
import io.sallyport.builds.plan.ArtifactRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An executor for tests, opened and closed around each. */
public abstract class ExecutorHarness {
    protected final Orders orders = new Orders();
    protected Executor executor;

    /** What only jobs of this test do. */
    protected final LongSleep sleep = LongSleep.unique();

    /** Opens the executor under test; it has a limit of processes that a test's job does not reach. */
    protected abstract Executor open(WorkspaceFiller filler) throws Exception;

    /** How many processes of the machine or engine have this text among their arguments. */
    protected abstract long processesWith(String argument) throws Exception;

    /** What a job finds in its environment of this executor's making, besides what the contract says. */
    protected Set<String> variablesOfItsOwn() {
        return Set.of();
    }

    /** What is left of runs, by name: folders, containers. */
    protected abstract List<String> remains() throws Exception;

    /** What {@link #orders}' source is in a workspace. */
    protected static void fill(Path folder) throws IOException {
        Files.writeString(folder.resolve("hello.txt"), "hello\n");
        Files.createDirectory(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/deep.txt"), "deep\n");
    }

    @BeforeEach
    void openExecutor() throws Exception {
        executor = open((source, folder) -> fill(folder));
    }

    @AfterEach
    void closeExecutor() throws Exception {
        executor.close();
        assertEquals(List.of(), remains());
    }

    /** One run to its end: how it ended, what it printed, and its artifacts. */
    public record Result(Exit exit, RecordedOutput output, Map<String, String> artifacts, Set<String> executables) {}

    protected final Result run(JobOrder order) throws Exception {
        RecordedOutput output = new RecordedOutput();
        Map<String, String> artifacts = new TreeMap<>();
        Set<String> executables = new TreeSet<>();
        try (OrderedRun run = OrderedRun.of(executor, order)) {
            run.start(output);
            Exit exit = run.await();
            run.collect(into(artifacts, executables));
            return new Result(exit, output, artifacts, executables);
        }
    }

    private static ArtifactSink into(Map<String, String> artifacts, Set<String> executables) {
        return (path, executable, bytes) -> {
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            Channels.newInputStream(bytes).transferTo(copy);
            assertEquals(null, artifacts.put(path, copy.toString(UTF_8)), "twice: " + path);
            if (executable) {
                executables.add(path);
            }
        };
    }

    /** What rules find in a run that has ended, with contents. */
    protected static Map<String, String> collected(Run run, ArtifactRules rules) throws Exception {
        Map<String, String> artifacts = new TreeMap<>();
        run.collect(rules, into(artifacts, new TreeSet<>()));
        return artifacts;
    }

    protected final Result run(String... script) throws Exception {
        return run(orders.of(script));
    }
}
