package io.sallyport.builds.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.engine.BuildQueue.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildQueueTest {
    private final BuildQueue queue = new BuildQueue();

    @Test
    void withinAProjectPriorityThenAgeDecide() {
        add(1, "web", 0);
        add(2, "web", 5);
        add(3, "web", 5);
        assertEquals(List.of(2L, 3L, 1L), order());
    }

    @Test
    void aProjectWithFewerRunningBuildsComesFirst() {
        add(1, "busy", 0);
        add(2, "idle", 0);
        assertEquals(2, queue.poll(Map.of("busy", 1)).orElseThrow().build());
    }

    @Test
    void aThousandBuildsOfOneProjectDoNotHoldUpTheOthers() {
        for (int i = 1; i <= 1000; i++) {
            add(i, "greedy", 0);
        }
        add(1001, "modest", 0);
        add(1002, "shy", 0);
        List<Long> order = order();
        assertTrue(order.indexOf(1001L) <= 2, "modest waits for " + order.indexOf(1001L));
        assertTrue(order.indexOf(1002L) <= 2, "shy waits for " + order.indexOf(1002L));
    }

    @Test
    void turnsGoRoundWhenOnlyOneBuildRunsAtATime() {
        add(1, "a", 0);
        add(2, "a", 0);
        add(3, "b", 0);
        add(4, "b", 0);
        StringBuilder turns = new StringBuilder();
        while (queue.size() > 0) {
            turns.append(queue.poll(Map.of()).orElseThrow().project());
        }
        assertEquals("abab", turns.toString());
    }

    @Test
    void whatIsTakenOutIsGone() {
        add(1, "web", 0);
        assertTrue(queue.remove(1));
        assertFalse(queue.remove(1));
        assertEquals(0, queue.size());
        assertTrue(queue.poll(Map.of()).isEmpty());
    }

    private void add(long build, String project, int priority) {
        queue.add(new Waiting(build, project, priority, Instant.EPOCH));
    }

    private List<Long> order() {
        return queue.preview(Map.of(), 2000).stream().map(Waiting::build).toList();
    }
}
