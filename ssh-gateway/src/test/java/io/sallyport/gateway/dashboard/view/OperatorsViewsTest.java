package io.sallyport.gateway.dashboard.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.handlers.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OperatorsViewsTest {
    private final Scene scene = new Scene("admin", "auditor");

    private View opened(String key) {
        return assertInstanceOf(Step.Open.class, Scene.press(new Overview(scene.seat()), key))
                .view();
    }

    @Test
    void connectionsAreListedReadAgainAndEnded() throws Exception {
        scene.answer(
                "GET /connections",
                "{'items':[{'id':'3f6c','identity':'bob','source':'192.0.2.7:5000','since':'2026-11-26T11:00:00.000Z','client':'SSH-2.0-OpenSSH_9.2','channels':2,'bytesIn':1234,'bytesOut':12345678}]}");
        View view = opened("o");
        assertEquals("1 connection", view.title());
        String shown = Scene.shown(view, 110, 4);
        assertTrue(shown.contains("bob"), shown);
        assertTrue(shown.contains("1 h ago     2         1234 B   12 MB    SSH-2.0-OpenSSH_9.2"), shown);

        scene.answer("GET /connections", "{'items':[]}");
        assertInstanceOf(Step.Then.class, view.again().orElseThrow().run())
                .change()
                .run();
        assertEquals("0 connections", view.title());
    }

    @Test
    void whatClientsSayOfThemselvesHasTheRoomThatOthersLeave() {
        scene.answer(
                "GET /connections",
                "{'items':[{'id':'3f6c','identity':'bob','source':'192.0.2.7:5000','since':'2026-11-26T11:00:00.000Z','client':'SSH-2.0-OpenSSH_9.2','channels':2,'bytesIn':1234,'bytesOut':12345678}]}");
        assertEquals("""
                 IDENTITY  FROM            SINCE       CHANNELS  IN       OUT      CLIENT
                 bob       192.0.2.7:5000  1 h ago     2         1234 B   12 MB    SSH-2.0-Open…
                """, Scene.shown(opened("o"), 80, 2));
    }

    @Test
    void whyAConnectionIsEndedIsAsked() {
        scene.answer("GET /connections", "{'items':[{'id':'3f6c','identity':'bob'}]}");
        View view = opened("o");
        Prompt prompt = assertInstanceOf(Step.Ask.class, Scene.press(view, "x")).prompt();
        prompt.key(Key.of('z'));
        scene.answer("DELETE /connections/3f6c", "{}");
        assertInstanceOf(Step.Say.class, Scene.run(prompt.key(Key.of(Key.Name.ENTER))));
        assertEquals("DELETE /connections/3f6c {reason=z}", scene.asked.getLast());
    }

    @Test
    void theAuditLogIsShownNewestFirstAndOnlySomeOfItIfWanted() {
        scene.answer("GET /audit/checkpoint", "{'seq':3}");
        scene.stream(
                "/audit",
                "{'seq':1,'time':'2026-11-26T11:00:00.000Z','type':'request','identity':'bob','surface':'exec','request':'GET /builds','decision':'allow','rule':'viewer on web'}",
                "{'seq':2,'time':'2026-11-26T11:00:01.000Z','type':'result','of':1,'status':200}",
                "{'seq':3,'time':'2026-11-26T11:00:02.000Z','type':'request','identity':'eve','surface':'sftp','request':'GET /builds/7\\u001b[2J','decision':'deny','rule':'no grant'}");
        View view = opened("a");
        Scene.await(view, 100, 6, "eve");
        String shown = Scene.shown(view, 100, 6);
        assertEquals("""
                 TIME      WHO           SURFACE    WHAT (ended)
                 11:00:02  eve           sftp       GET /builds/7�[2J denied: no grant
                 11:00:01                             result of 1 200
                 11:00:00  bob           exec       GET /builds


                """, shown);
        Prompt prompt = assertInstanceOf(Step.Ask.class, Scene.press(view, "/")).prompt();
        "BOB".chars().forEach(c -> prompt.key(Key.of((char) c)));
        assertInstanceOf(Step.Then.class, prompt.key(Key.of(Key.Name.ENTER)))
                .change()
                .run();
        shown = Scene.shown(view, 100, 6);
        assertTrue(shown.contains("bob") && !shown.contains("eve"), shown);
        View detail =
                assertInstanceOf(Step.Open.class, Scene.press(view, "<ENTER>")).view();
        assertTrue(Scene.shown(detail, 80, 20).contains("viewer on web"));
        view.close();
    }

    @Test
    void whoMayNotIsToldSo() {
        scene.refuse("GET /connections", Problem.forbidden("this is for admin"));
        Step.Say said = assertInstanceOf(Step.Say.class, Scene.press(new Overview(scene.seat()), "o"));
        assertEquals("this is for admin", said.words());
    }

    @Test
    void aProjectShowsHowItsBuildsHaveGone() {
        scene.answer("GET /projects", "{'items':[{'name':'api'},{'name':'web','description':'the web site'}]}");
        scene.answer("GET /projects/web", "{'name':'web','description':'the web site'}");
        scene.answer(
                "GET /projects/web/builds",
                "{'items':["
                        + Scene.build(
                                8,
                                "web",
                                "failed",
                                "'started':'2026-11-26T11:58:00.000Z','finished':'2026-11-26T11:59:00.000Z','reason':'job unit'")
                        + ","
                        + Scene.build(
                                7,
                                "web",
                                "succeeded",
                                "'started':'2026-11-26T11:00:00.000Z','finished':'2026-11-26T11:00:30.000Z'")
                        + "]}");
        View projects = opened("p");
        assertEquals("2 projects", projects.title());
        Scene.press(projects, "<DOWN>");
        View view = assertInstanceOf(Step.Open.class, Scene.press(projects, "<ENTER>"))
                .view();
        view.heard(
                Scene.json(
                        "{'type':'build.queued','build':9,'project':'web','by':'bob','state':'queued','time':'2026-11-26T11:59:59.000Z'}"));
        view.heard(
                Scene.json(
                        "{'type':'build.queued','build':10,'project':'api','by':'bob','state':'queued','time':'2026-11-26T11:59:59.000Z'}"));
        assertEquals("""
                 the web site
                 results ✓✗                                1 of 2 succeeded
                 times   ▅█                                1:00 median, 1:00 at most
                 ○ 9                      queued              1 s ago
                 ✗ 8      main 3f2c1ab2   failed        1:00  1 min ago  job unit
                 ✓ 7      main 3f2c1ab2   succeeded     30 s  59 min ago
                """, Scene.shown(view, 80, 6));
    }
}
