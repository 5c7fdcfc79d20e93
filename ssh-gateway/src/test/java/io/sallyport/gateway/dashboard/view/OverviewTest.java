package io.sallyport.gateway.dashboard.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OverviewTest {
    private final Scene scene = new Scene("builder");

    private Overview busy() {
        scene.builds(
                        Scene.build(
                                57,
                                "web",
                                "running",
                                "'started':'2026-11-26T11:58:12.000Z','jobs':[{'name':'unit','state':'running'},{'name':'lint','state':'succeeded'}]"),
                        Scene.build(58, "web", "queued", ""),
                        Scene.build(
                                56,
                                "api",
                                "failed",
                                "'started':'2026-11-26T11:58:03.000Z','finished':'2026-11-26T11:59:10.000Z','reason':'job unit: the script ended with 4'"),
                        Scene.build(
                                55,
                                "api",
                                "succeeded",
                                "'started':'2026-11-26T09:00:00.000Z','finished':'2026-11-26T10:00:00.000Z'"))
                .queue(
                        "{'position':1,'id':58,'project':'web','since':'2026-11-26T11:58:00.000Z','why':'all 2 places are taken by unit of build 57 and 1 more, 3 jobs come first'}");
        scene.house.readGateway(Scene.json("{'limits':{'buildsAtOnce':2}}"));
        return new Overview(scene.seat());
    }

    @Test
    void showsWhatRunsWhatWaitsAndWhyAndWhatIsOver() {
        String shown = Scene.shown(busy(), 100, 14);
        assertEquals(
                """
                 load                                                              ▅  1 of 2 places taken
                 waits   ▂▂▇                                                          12 s median, 1:00:00 at most
                 RUNNING 1
                 ● 57     web           main 3f2c1ab2       ann          1:48  1/2 unit
                 WAITING 1
                 ○ 58     web              2:00  all 2 places are taken by unit of build 57 and 1 more, 3 jobs come…
                 RECENT
                 ✗ 56     api           main 3f2c1ab2       ann       failed        1:07  50 s ago   job unit: the …
                 ✓ 55     api           main 3f2c1ab2       ann       succeeded  1:00:00  2 h ago
                """.lines().skip(2).toList().toString(),
                shown.lines().skip(2).limit(7).toList().toString());
        assertTrue(shown.lines().findFirst().orElseThrow().contains("1 of 2 places taken"), shown);
    }

    @Test
    void nodesAreShownWhereThereAreSeveralOrOneTakesNoJobs() {
        Overview view = busy();
        scene.house.readNodes(Scene.json("{'items':[{'name':'local','state':'ready','jobs':1}]}"));
        assertTrue(!Scene.shown(view, 100, 14).contains("nodes"));
        scene.house.readNodes(Scene.json("{'items':[{'name':'n1','state':'ready','jobs':2},"
                + "{'name':'n2','state':'down','jobs':0,'reason':'heartbeat failure'}]}"));
        assertEquals(
                " nodes   ✗ n2 down: heartbeat failure  n1 2",
                Scene.shown(view, 100, 14)
                        .lines()
                        .skip(2)
                        .findFirst()
                        .orElseThrow()
                        .stripTrailing());
    }

    @Test
    void aWaitOfNoSecondsHasNoBarAndAReasonHasTheRoomOfAWideScreen() {
        String why = "job integration-tests-of-the-whole: the script ended with 4";
        scene.builds(Scene.build(
                56,
                "api",
                "failed",
                "'created':'2026-11-26T11:58:02.000Z','started':'2026-11-26T11:58:02.300Z','finished':'2026-11-26T11:59:10.000Z','reason':'"
                        + why + "'"));
        String shown = Scene.shown(new Overview(scene.seat()), 160, 14);
        assertTrue(shown.contains(why), shown);
        String waits = shown.lines().skip(1).findFirst().orElseThrow();
        assertTrue(waits.matches(" waits   ▁ +0 s median, 0 s at most *"), waits);
    }

    @Test
    void aLongNameOfAJobLeavesRoomForWhyItWaits() {
        scene.builds()
                .queue("{'id':7,'job':'" + "integration-".repeat(9)
                        + "','project':'web','since':'2026-11-26T11:58:00.000Z','why':'because of this'}");
        String shown = Scene.shown(new Overview(scene.seat()), 80, 14);
        assertTrue(shown.contains("integ") && shown.contains("… · because of this"), shown);
    }

    @Test
    void listsShareASmallScreen() {
        String[] builds = new String[30];
        for (int i = 0; i < 30; i++) {
            builds[i] = Scene.build(100 + i, "web", i < 15 ? "running" : "failed", "");
        }
        scene.builds(builds).queue("{'id':7,'project':'web','since':'2026-11-26T11:58:00.000Z','why':'because'}");
        String shown = Scene.shown(new Overview(scene.seat()), 80, 14);
        assertEquals(14, shown.lines().count());
        assertTrue(shown.contains("RUNNING 15") && shown.contains("because") && shown.contains("RECENT"), shown);
        assertEquals(4, shown.lines().filter(line -> line.startsWith(" ●")).count());
        assertEquals(4, shown.lines().filter(line -> line.startsWith(" ✗")).count());
    }

    @Test
    void theChosenLineIsAlwaysSeen() {
        String[] builds = new String[30];
        for (int i = 0; i < 30; i++) {
            builds[i] = Scene.build(100 + i, "web", "running", "");
        }
        scene.builds(builds);
        Overview view = new Overview(scene.seat());
        Scene.shown(view, 80, 14);
        Scene.press(view, "<END>");
        assertTrue(Scene.shown(view, 80, 14).contains("129"));
        Scene.press(view, "<HOME><PAGE_DOWN>");
        assertTrue(Scene.shown(view, 80, 14).contains("108"), Scene.shown(view, 80, 14));
    }

    @Test
    void eventsMoveItOn() {
        Overview view = busy();
        scene.house.heard(
                Scene.NOW,
                Scene.json(
                        "{'type':'job.ended','build':57,'job':'unit','state':'succeeded','time':'2026-11-26T11:59:59.000Z','exitCode':0}"));
        assertTrue(Scene.shown(view, 100, 14).contains("2/2"), Scene.shown(view, 100, 14));
        scene.house.heard(
                Scene.NOW,
                Scene.json("{'type':'build.ended','build':57,'state':'succeeded','time':'2026-11-26T11:59:59.000Z'}"));
        scene.house.heard(
                Scene.NOW,
                Scene.json("{'type':'build.started','build':58,'state':'running','time':'2026-11-26T12:00:00.000Z'}"));
        scene.house.heard(
                Scene.NOW,
                Scene.json(
                        "{'type':'build.queued','build':59,'project':'docs','by':'bob','ref':'x','state':'queued','time':'2026-11-26T12:00:00.000Z'}"));
        String shown = Scene.shown(view, 100, 14);
        assertTrue(shown.contains("RUNNING 1\n ● 58"), shown);
        assertTrue(shown.contains("WAITING 1\n ○ 59     docs"), shown);
        assertTrue(shown.contains("RECENT\n ✓ 57"), shown);
    }

    @Test
    void hostileNamesAreHarmless() {
        scene.builds(Scene.build(1, "web", "failed", "'reason':'\\u001b]0;gotcha\\u0007\\u202e\\r\\n\\u009b2J'"));
        String shown = Scene.shown(new Overview(scene.seat()), 120, 14);
        assertTrue(shown.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c)), shown);
        assertTrue(shown.contains("]0;gotcha"), "what can be read of it is");
    }
}
