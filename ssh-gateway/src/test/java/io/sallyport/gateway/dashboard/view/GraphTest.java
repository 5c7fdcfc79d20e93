package io.sallyport.gateway.dashboard.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.gateway.dashboard.house.BuildRow;
import io.sallyport.gateway.dashboard.screen.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphTest {
    private static BuildRow build(String... jobs) {
        return BuildRow.of(Scene.json("{'id':1,'jobs':[" + String.join(",", jobs) + "]}"));
    }

    private static String job(String name, String stage, String more) {
        return "{'name':'" + name + "','stage':'" + stage + "','state':'succeeded'" + more + "}";
    }

    private static String needs(String... names) {
        return ",'needs':[" + (names.length == 0 ? "" : "'" + String.join("','", names) + "'") + "]";
    }

    private static String drawn(BuildRow build, int columns, int lines, String chosen) {
        Frame frame = new Frame(columns, lines, true);
        Graph graph = Graph.of(build.jobs());
        new GraphPicture(graph, build.jobs()).draw(frame.area(), build.jobs(), chosen, Scene.NOW);
        return frame.text();
    }

    @Test
    void jobsWaitForTheStageBefore() {
        BuildRow build = build(
                job("a", "build", ""),
                job("b", "build", ""),
                job("c", "test", ""),
                job("d", "test", ""),
                job("e", "ship", ""));
        assertEquals("""
                ✓ a          ─┬─ ✓ c          ─┬─ ✓ e
                ✓ b          ─┴─ ✓ d          ─┘
                """.replace("─┴─", "─┼─".replace("┼", "┴")), drawn(build, 60, 2, "a"));
    }

    @Test
    void needsAreLines() {
        BuildRow build = build(
                job("a", "build", ""),
                job("b", "build", ""),
                job("c", "build", ""),
                job("x", "test", needs("c")),
                job("y", "test", needs("b", "a")),
                job("z", "test", needs()));
        assertEquals("""
                ✓ a          ─┬─ ✓ x
                ✓ b          ─┼─ ✓ y
                ✓ c          ─┘
                ✓ z
                """, drawn(build, 60, 4, "a"));
    }

    @Test
    void aJobWithoutNeedsIsBehindAllThatItWaitsFor() {
        Graph graph = Graph.of(build(
                        job("a", "build", ""),
                        job("b", "build", ""),
                        job("x", "test", needs("a")),
                        job("ship", "deploy", ""))
                .jobs());
        assertEquals(List.of("b", "x"), graph.before().get("ship"));
        assertEquals(2, graph.layer("ship"));
    }

    @Test
    void aJobMayNeedAnotherOfItsStageThatStandsBehindIt() {
        BuildRow build = build(job("late", "test", needs("early")), job("early", "test", needs()));
        assertEquals("✓ early          ─── ✓ late\n", drawn(build, 60, 1, "late"));
    }

    @Test
    void theChosenJobIsSeenHoweverSmallThePart() {
        String[] jobs = new String[40];
        for (int i = 0; i < 40; i++) {
            jobs[i] = job("job-" + i, "s" + i / 4, "");
        }
        BuildRow build = build(jobs);
        assertTrue(drawn(build, 30, 2, "job-39").contains("job-39"));
        assertTrue(drawn(build, 30, 2, "job-0").contains("job-0"));
        assertTrue(drawn(build, 30, 2, "job-18").contains("job-18"));
    }

    @Test
    void arrowsGoFromJobToJob() {
        Graph graph = Graph.of(
                build(job("a", "s", ""), job("b", "s", ""), job("c", "t", "")).jobs());
        assertEquals("b", graph.moved("a", 0, 1));
        assertEquals("c", graph.moved("b", 1, 0));
        assertEquals("a", graph.moved("c", -1, 0));
        assertEquals("c", graph.moved("c", 5, 5));
    }

    @Test
    void needsInACircleAreNoTrouble() {
        Graph graph = Graph.of(
                build(job("a", "s", needs("b")), job("b", "s", needs("a"))).jobs());
        assertEquals(2, graph.layers().stream().mapToInt(List::size).sum());
    }
}
