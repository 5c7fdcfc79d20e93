package io.sallyport.gateway.dashboard.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.handlers.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BuildViewTest {
    private static final String JOBS =
            "'started':'2026-11-26T11:59:00.000Z','jobs':[{'name':'compile','stage':'build','state':'succeeded','started':'2026-11-26T11:59:00.000Z','finished':'2026-11-26T11:59:06.000Z'},"
                    + "{'name':'unit','stage':'test','state':'failed','exitCode':4,'reason':'the script ended with 4','started':'2026-11-26T11:59:06.000Z','finished':'2026-11-26T11:59:16.000Z','tests':{'total':40,'failed':1,'errors':0}},"
                    + "{'name':'ship','stage':'deploy','state':'manual'}]";

    private final Scene scene = new Scene("builder");

    private View opened() {
        scene.answer(
                "GET /builds/7",
                Scene.build(7, "web", "failed", "'reason':'job unit: the script ended with 4'," + JOBS));
        scene.stream("/builds/7/log", log());
        return assertInstanceOf(Step.Open.class, Scene.run(BuildView.open(scene.seat(), 7)))
                .view();
    }

    /** Line i of unit begins at i × 10; the last one tells of its failure. */
    private static String[] log() {
        String[] records = new String[500];
        for (int i = 0; i < records.length - 1; i++) {
            records[i] = "{'offset':%d,'job':'unit','stream':'%s','text':'line %d\\n'}"
                    .formatted(i * 10, i % 100 == 3 ? "err" : "out", i);
        }
        records[499] =
                "{'offset':4990,'job':'unit','stream':'system','text':'job unit failed: the script ended with 4 (10.0 s)\\n'}";
        return records;
    }

    @Test
    void showsTheGraphAndTheEndOfTheLogOfTheJobThatFailed() {
        try (View view = opened()) {
            String shown = Scene.await(view, 80, 16, "line 498", "(10.0 s)");
            assertEquals("""
                     ✗ failed  1:00  main 3f2c1ab2  by ann, 2 min ago
                     job unit: the script ended with 4

                     ✓ compile      6 s ─── ✗ unit        10 s ─── ▶ ship

                     unit · failed · 10 s · the script ended with 4 · 40 tests, 1 failed · after c…
                     line 490
                     line 491
                     line 492
                     line 493
                     line 494
                     line 495
                     line 496
                     line 497
                     line 498
                     job unit failed: the script ended with 4 (10.0 s)
                    """, shown);
        }
    }

    @Test
    void theKeysThatAreOfUseAreNamedFirst() {
        try (View view = opened()) {
            assertEquals("[←→↑↓, Enter, r, !, l, f, c, s]", keys(view));
            Scene.press(view, "<RIGHT>");
            assertEquals("[←→↑↓, Enter, r, s, l, f, c]", keys(view));
        }
    }

    private static String keys(View view) {
        return view.hints().stream().map(View.Hint::key).toList().toString();
    }

    @Test
    void aRetryOpensTheNewBuild() {
        try (View view = opened()) {
            Prompt prompt =
                    assertInstanceOf(Step.Ask.class, Scene.press(view, "r")).prompt();
            scene.answer("POST /builds/7/retry", "{'id':8}");
            scene.answer("GET /builds/8", Scene.build(8, "web", "queued", ""));
            scene.stream("/builds/8/log");
            try (View next = assertInstanceOf(Step.Open.class, Scene.run(prompt.key(Key.of('a'))))
                    .view()) {
                assertEquals("build 8 of web", next.title());
            }
        }
    }

    @Test
    void whatIsTooLongSaysSo() {
        String name = "build-".repeat(20);
        scene.answer(
                "GET /builds/7",
                Scene.build(
                        7,
                        "web",
                        "succeeded",
                        "'jobs':[{'name':'" + name
                                + "','stage':'build','state':'succeeded','reason':'as it should'}]"));
        scene.stream(
                "/builds/7/log",
                "{'offset':0,'job':'" + name + "','stream':'out','text':'" + "0123456789".repeat(9) + "\\n'}",
                "{'offset':91,'job':'" + name + "','end':true,'state':'succeeded'}");
        try (View view = assertInstanceOf(Step.Open.class, Scene.run(BuildView.open(scene.seat(), 7)))
                        .view();
                View log = assertInstanceOf(Step.Open.class, Scene.press(view, "<ENTER>"))
                        .view()) {
            String build = Scene.shown(view, 80, 16);
            assertTrue(build.contains("build-bui… · succeeded · as it should"), build);
            Scene.await(log, 80, 10, " ✓ succeeded\n", "01234567…\n");
            Scene.press(log, "<RIGHT>");
            String end = Scene.await(log, 80, 10, "6789012");
            assertFalse(end.contains("…"), end);
        }
    }

    @Test
    void aJobThatWaitsCanBeStartedAndNoOther() {
        try (View view = opened()) {
            assertInstanceOf(Step.Say.class, Scene.press(view, "s"));
            Scene.press(view, "<RIGHT>");
            Prompt prompt =
                    assertInstanceOf(Step.Ask.class, Scene.press(view, "s")).prompt();
            assertEquals("start job ship of build 7? y yes, Esc no", prompt.question());
            scene.answer("POST /builds/7/start", "{'id':7}");
            Step.Say said = assertInstanceOf(Step.Say.class, Scene.run(prompt.key(Key.of('y'))));
            assertEquals("job ship of build 7 is started", said.words());
            assertEquals("POST /builds/7/start {job=ship}", scene.asked.getLast());
        }
    }

    @Test
    void whyItIsCanceledIsAskedAndARefusalIsTold() {
        try (View view = opened()) {
            Prompt prompt =
                    assertInstanceOf(Step.Ask.class, Scene.press(view, "c")).prompt();
            for (char c : "no need".toCharArray()) {
                prompt.key(Key.of(c));
            }
            scene.refuse("DELETE /builds/7", Problem.forbidden("needs maintainer on web"));
            Step.Say said = assertInstanceOf(Step.Say.class, Scene.run(prompt.key(Key.of(Key.Name.ENTER))));
            assertEquals("needs maintainer on web", said.words());
            assertEquals("DELETE /builds/7 {reason=no need}", scene.asked.getLast());
        }
    }

    @Test
    void eventsMoveTheGraphOn() {
        try (View view = opened()) {
            view.heard(
                    Scene.json(
                            "{'type':'job.started','build':7,'job':'ship','state':'running','attempt':1,'time':'2026-11-26T11:59:50.000Z'}"));
            view.heard(
                    Scene.json(
                            "{'type':'job.ended','build':8,'job':'compile','state':'failed','time':'2026-11-26T11:59:50.000Z'}"));
            String shown = Scene.shown(view, 80, 16);
            assertTrue(shown.contains("● ship        10 s"), shown);
            assertTrue(shown.contains("✓ compile"), shown);
        }
    }

    @Test
    void theFailureIsSoughtAndTheLogCanBeReadFromThere() {
        try (View build = opened();
                View log = assertInstanceOf(Step.Open.class, Scene.press(build, "f"))
                        .view()) {
            String shown = Scene.await(log, 80, 10, "▸job unit failed");
            assertTrue(shown.stripTrailing().endsWith("(10.0 s)"), shown);
            Scene.press(log, "<UP><UP>");
            Scene.await(log, 80, 10, "line 489");
            Scene.press(log, "<HOME>");
            Scene.await(log, 80, 10, "line 0\n", "!line 3\n", "at byte 0");
            Scene.press(log, "<PAGE_DOWN>");
            Scene.await(log, 80, 10, "line 8\n", "line 16\n");
            Scene.press(log, "<END>");
            Scene.await(log, 80, 10, "(10.0 s)");
        }
    }

    @Test
    void whatIsLookedForIsFoundInAllOfTheLog() {
        try (View build = opened();
                View log = assertInstanceOf(Step.Open.class, Scene.press(build, "<ENTER>"))
                        .view()) {
            Scene.await(log, 80, 10, "(10.0 s)");
            Prompt prompt =
                    assertInstanceOf(Step.Ask.class, Scene.press(log, "/")).prompt();
            for (char c : "LINE 42".toCharArray()) {
                prompt.key(Key.of(c));
            }
            apply(Scene.run(prompt.key(Key.of(Key.Name.ENTER))));
            Scene.await(log, 80, 10, "▸line 42\n", "line 39\n", "/LINE 42");
            apply(Scene.press(log, "n"));
            Scene.await(log, 80, 10, "▸line 420\n");
            apply(Scene.press(log, "N"));
            Scene.await(log, 80, 10, "▸line 42\n");
            assertFalse(Scene.shown(log, 80, 10).contains("line 420"));
        }
    }

    private static void apply(Step step) {
        assertInstanceOf(Step.Then.class, step).change().run();
    }
}
