package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What runs after a script, and changes nothing. */
class AfterScriptIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("builds.stopGrace: 1s");

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    private static byte[] source(String script, String after) throws Exception {
        return Source.spec("job:\n  script:\n    - |\n" + script.indent(6) + "  after_script:\n    - |\n"
                        + after.indent(6) + "  artifacts:\n    when: always\n    paths: [left]\n")
                .tar();
    }

    @Test
    void itKnowsTheEndAndFindsTheFiles() throws Exception {
        Outcome good = gateway.admin()
                .run(
                        "submit web artifact=left",
                        source(
                                "cd /tmp; X=1; echo script > $CI_PROJECT_DIR/left",
                                "echo \"$CI_JOB_STATUS $X $PWD\" >> left; exit 3"))
                .ok();
        Outcome bad = gateway.admin().run("submit web follow=true", source("exit 7", "echo is $CI_JOB_STATUS"));

        assertEquals("script\nsuccess  /build\n", good.text());
        assertTrue(good.errors().contains("after_script ended with 3, which changes nothing"), good.errors());
        assertEquals(1, bad.exit());
        assertTrue(bad.text().contains("\nis failed\n"), bad.text());
    }

    @Test
    void itRunsAfterACancelAndASecondOneEndsIt() throws Exception {
        long build = gateway.admin()
                .run("submit web", source("echo begun; sleep 600", "echo is $CI_JOB_STATUS; sleep 600"))
                .json()
                .path("id")
                .asLong();
        try (Running follower = gateway.admin().start("log -f " + build)) {
            follower.out().await("\nbegun\n");
            gateway.admin().run("cancel " + build).ok();
            follower.out().await("\nis canceled\n");
            gateway.admin().run("cancel " + build).ok();
            follower.end();
        }
        assertEquals("canceled", gateway.admin().ended(build).path("state").asText());
    }
}
