package io.sallyport.builds.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.builds.event.Event;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventReader.Next;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.builds.event.Start;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.Isolation;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Node;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.store.Schema;
import io.sallyport.database.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes an event of what is seen of machines, which are not to be had in the states that this is about. */
class NodesTest {
    @TempDir
    Path folder;

    private Database database;
    private EventLog events;
    private Optional<List<Node>> there = Optional.of(List.of());
    private Nodes nodes;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("db.sqlite"), Schema.MIGRATIONS);
        events = EventLog.open(database, Clock.systemUTC(), new EventSettings(1000, Duration.ofDays(1)));
        nodes = new Nodes(new Seen(), events);
    }

    @AfterEach
    void close() {
        events.close();
        database.close();
    }

    private static Node node(String name, Node.State state) {
        return new Node(name, state, "", Set.of(), 0);
    }

    private List<String> seen(Node... now) throws Exception {
        there = Optional.of(List.of(now));
        return looked();
    }

    private List<String> looked() throws Exception {
        nodes.look();
        return nodes.now().stream()
                .map(node -> node.name() + " " + node.state().label())
                .toList();
    }

    private List<String> told() throws Exception {
        List<String> told = new ArrayList<>();
        var reading = (EventLog.Reading.Open) events.read(topic -> true, new Start.Oldest(), false);
        while (reading.reader().next() instanceof Next.Found found) {
            Event event = found.event();
            told.add(event.topic().type().label() + " "
                    + event.facts().path("node").asText() + " "
                    + event.facts().path("state").asText());
        }
        return told;
    }

    @Test
    void whatChangesIsToldOnce() throws Exception {
        seen(node("n1", Node.State.READY), node("n2", Node.State.READY));
        seen(node("n1", Node.State.READY), node("n2", Node.State.DRAINING));
        seen(node("n1", Node.State.READY), node("n2", Node.State.DRAINING));
        seen(node("n1", Node.State.READY), node("n2", Node.State.READY));
        seen(node("n2", Node.State.READY));

        assertEquals(List.of("node.left n2 draining", "node.ready n2 ready", "node.left n1 down"), told());
    }

    @Test
    void ofAMachineThatHasJoinedAnewWhatItIsNowCounts() throws Exception {
        Node old = node("n1", Node.State.DOWN);
        Node now = node("n1", Node.State.READY);

        assertEquals(List.of("n1 ready"), seen(old, now));
        assertEquals(List.of("n1 ready"), seen(now, old));
        assertEquals(List.of(), told());
    }

    @Test
    void whileNobodyAnswersTheyAreUnknownAndNothingIsTold() throws Exception {
        seen(node("n1", Node.State.READY), node("n2", Node.State.READY));
        there = Optional.empty();

        assertEquals(List.of("n1 unknown", "n2 unknown"), looked());
        assertEquals(List.of("n1 ready", "n2 ready"), seen(node("n1", Node.State.READY), node("n2", Node.State.READY)));
        assertEquals(List.of(), told());
    }

    /** Runs nothing, and has the machines that it is given. */
    private final class Seen implements Executor {
        @Override
        public String name() {
            return "seen";
        }

        @Override
        public Isolation isolation() {
            return new Isolation("none", List.of(), List.of());
        }

        @Override
        public boolean usesImages() {
            return false;
        }

        @Override
        public List<Node> nodes() throws IOException {
            return there.orElseThrow(() -> new IOException("the manager is away"));
        }

        @Override
        public Run prepare(JobOrder order) throws IOException {
            throw new IOException("no jobs here");
        }

        @Override
        public boolean outlives() {
            return false;
        }

        @Override
        public void removeLeft(Set<String> runs) {}

        @Override
        public Optional<Run> recover(JobOrder order, Commands commands, JobOutput output) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
