package io.sallyport.builds.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobQueueTest {
    private static final int ANY = Integer.MAX_VALUE;

    private final Map<String, Share> shares = new HashMap<>();
    private JobQueue queue = queue(1, ANY);

    @Test
    void withinAProjectPriorityThenAgeThenThePlanDecide() {
        add(1, "web", 0, 0);
        add(2, "web", 5, 1);
        add(2, "web", 5, 0);
        add(3, "web", 5, 0);
        assertEquals(List.of("2.0", "2.1", "3.0", "1.0"), order());
    }

    @Test
    void aProjectWithFewerRunningJobsComesFirst() {
        queue = queue(2, ANY);
        add(1, "busy", 0, 0);
        assertEquals("1.0", next());
        add(2, "busy", 0, 0);
        add(3, "idle", 0, 0);
        assertEquals("3.0", next());
    }

    @Test
    void aThousandBuildsOfOneProjectDoNotHoldUpTheOthers() {
        for (int places : List.of(1, 2, 3, 8)) {
            queue = queue(places, ANY);
            for (int build = 1; build <= 1000; build++) {
                add(build, "greedy", 0, 0);
            }
            List<String> started = new ArrayList<>();
            for (int i = 0; i < places; i++) {
                started.add(next());
            }
            add(1001, "modest", 0, 0);
            add(1002, "shy", 0, 0);
            // Within the time of one build each of those that run has ended, and something else has its place.
            for (String ended : started) {
                release(ended);
                if (!queue.isEmpty()) {
                    next();
                }
            }
            List<Long> running = queue.running().stream().map(Seeker::build).toList();
            boolean both = running.contains(1001L) && running.contains(1002L);
            assertTrue(places == 1 ? running.contains(1001L) : both, places + " places: " + running);
        }
    }

    @Test
    void turnsGoRoundWhenThereIsOnePlace() {
        add(1, "a", 0, 0);
        add(2, "a", 0, 0);
        add(3, "b", 0, 0);
        add(4, "b", 0, 0);
        assertEquals(List.of("1.0", "3.0", "2.0", "4.0"), order());
    }

    @Test
    void twiceTheWeightIsTwiceThePlacesAndTwiceTheTurns() {
        shares.put("heavy", new Share(2, ANY, Optional.empty()));
        for (int places : List.of(1, 3)) {
            queue = queue(places, ANY);
            IntStream.range(0, 300).forEach(i -> add(i, i % 2 == 0 ? "heavy" : "light", 0, 0));
            int heavy = 0;
            List<String> running = new ArrayList<>();
            for (int i = 0; i < 90; i++) {
                if (running.size() == places) {
                    release(running.removeFirst());
                }
                String started = next();
                running.add(started);
                heavy += build(started) % 2 == 0 ? 1 : 0;
            }
            assertEquals(60, heavy, 2, places + " places");
        }
    }

    @Test
    void aProjectThatComesBackHasSavedUpNoTurns() {
        add(1, "a", 0, 0);
        release(next());
        for (int build = 10; build < 30; build++) {
            add(build, "b", 0, 0);
            release(next());
        }
        for (int build = 40; build < 60; build++) {
            add(build, build % 2 == 0 ? "a" : "b", 0, 0);
        }
        List<String> first = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String started = next();
            first.add(build(started) % 2 == 0 ? "a" : "b");
            release(started);
        }
        assertEquals(3, first.stream().filter("a"::equals).count(), 1, first::toString);
    }

    @Test
    void aProjectHasNoMorePlacesThanItMay() {
        shares.put("small", new Share(1, 1, Optional.empty()));
        queue = queue(4, ANY);
        add(1, "small", 0, 0);
        add(2, "small", 0, 0);
        add(3, "other", 0, 0);
        assertEquals("1.0", next(2));
        assertTrue(queue.next(seeker -> true).isEmpty());
        release("1.0");
        assertEquals("2.0", next());
    }

    @Test
    void anIdentityHasNoMorePlacesThanItMayAndHoldsUpNobody() {
        queue = queue(4, 1);
        queue.add(seeker(1, "web", "ann", 0, 0, Optional.empty()));
        queue.add(seeker(2, "web", "ann", 0, 0, Optional.empty()));
        queue.add(seeker(3, "web", "bob", 0, 0, Optional.empty()));
        assertEquals("1.0", next());
        assertEquals("3.0", next());
        assertTrue(queue.next(seeker -> true).isEmpty());
        release("1.0");
        assertEquals("2.0", next());
    }

    @Test
    void oneJobOfAResourceGroupRunsAtATimeInEachProject() {
        queue = queue(9, ANY);
        Optional<String> group = Optional.of("production");
        queue.add(seeker(1, "web", "ann", 0, 0, group));
        queue.add(seeker(3, "web", "ann", 0, 0, group));
        queue.add(seeker(2, "web", "ann", 0, 0, group));
        queue.add(seeker(4, "api", "ann", 0, 0, group));
        queue.add(seeker(5, "web", "ann", 0, 0, Optional.of("staging")));
        queue.add(seeker(6, "web", "ann", 0, 0, Optional.empty()));
        List<String> started = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            started.add(next());
        }
        started.sort(null);
        assertEquals(List.of("1.0", "4.0", "5.0", "6.0"), started);
        assertTrue(queue.next(seeker -> true).isEmpty());
        release("1.0");
        assertEquals("2.0", next());
        release("2.0");
        assertEquals("3.0", next());
    }

    @Test
    void whatIsTakenOutIsGoneAndWhatIsThereIsNotAddedTwice() {
        add(1, "web", 0, 0);
        add(1, "web", 0, 0);
        add(2, "web", 0, 0);
        queue.remove(new Seeker.Key(2, 0));
        queue.remove(new Seeker.Key(2, 0));
        assertEquals("1.0", next());
        add(1, "web", 0, 0);
        assertTrue(queue.isEmpty());
        release("1.0");
        release("1.0");
        add(1, "web", 0, 0);
        assertEquals("1.0", next());
    }

    @Test
    void everyReasonIsNamed() {
        shares.put("small", new Share(1, 1, Optional.empty()));
        queue = queue(3, 2);
        Optional<String> group = Optional.of("production");
        queue.add(seeker(1, "web", "ann", 0, 0, group));
        queue.add(seeker(2, "small", "ann", 0, 0, Optional.empty()));
        next(2);
        queue.add(seeker(3, "web", "ann", 9, 0, Optional.empty()));
        queue.add(seeker(4, "web", "bob", 8, 0, group));
        queue.add(seeker(5, "small", "bob", 0, 0, Optional.empty()));
        assertEquals(QueueEntry.IdentityFull.class, why(3));
        assertEquals(QueueEntry.GroupTaken.class, why(4));
        assertEquals(QueueEntry.ProjectFull.class, why(5));
        queue.add(seeker(6, "api", "eve", 0, 0, Optional.empty()));
        next();
        queue.add(seeker(7, "api", "eve", 0, 0, Optional.empty()));
        assertEquals(QueueEntry.PlacesTaken.class, why(7));
        assertEquals(
                List.of(QueueEntry.Closing.class),
                new QueueWords(queue, Set.of(), true)
                        .entries(100).stream()
                                .map(entry -> entry.why().getClass())
                                .distinct()
                                .toList());
    }

    @Test
    void aBuildThatHasNotBegunIsOneEntry() {
        add(1, "web", 0, 0);
        add(1, "web", 0, 1);
        add(2, "web", 0, 0);
        add(2, "web", 0, 1);
        List<QueueEntry> entries = new QueueWords(queue, Set.of(1L), false).entries(100);
        assertEquals(
                List.of("1 Optional.empty", "2 Optional[job0]", "2 Optional[job1]"),
                entries.stream().map(entry -> entry.build() + " " + entry.job()).toList());
        assertEquals(
                List.of(1, 2, 3),
                entries.stream().map(entry -> entry.position().orElseThrow()).toList());
    }

    private Class<?> why(long build) {
        return new QueueWords(queue, Set.of(), false)
                .entries(100).stream()
                        .filter(entry -> entry.build() == build)
                        .findFirst()
                        .orElseThrow()
                        .why()
                        .getClass();
    }

    private JobQueue queue(int atOnce, int perIdentity) {
        return new JobQueue(
                new JobQueue.Bounds(atOnce, perIdentity),
                project -> shares.getOrDefault(project, new Share(1, ANY, Optional.empty())));
    }

    private void add(long build, String project, int priority, int index) {
        queue.add(seeker(build, project, "ann", priority, index, Optional.empty()));
    }

    private static Seeker seeker(
            long build, String project, String identity, int priority, int index, Optional<String> group) {
        return new Seeker(build, project, identity, priority, index, "job" + index, group, Instant.EPOCH);
    }

    /** All of them, one after the other. */
    private List<String> order() {
        List<String> order = new ArrayList<>();
        while (!queue.isEmpty()) {
            order.add(next());
            release(order.getLast());
        }
        return order;
    }

    private String next() {
        Seeker next = queue.next(seeker -> true).orElseThrow();
        return next.build() + "." + next.index();
    }

    /** The last of so many. */
    private String next(int count) {
        String last = "";
        for (int i = 0; i < count; i++) {
            last = next();
        }
        return last;
    }

    private void release(String started) {
        queue.release(new Seeker.Key(build(started), Integer.parseInt(started.substring(started.indexOf('.') + 1))));
    }

    private static long build(String started) {
        return Long.parseLong(started.substring(0, started.indexOf('.')));
    }
}
