package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NarratorTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Narrator narrator = new Narrator(shown);

    @Test
    void problemBecomesItsDetail() throws IOException {
        say(
                "{\"type\":\"not-found\",\"title\":\"Not found\",\"status\":404,\"detail\":\"no project 'wbe'\",\"instance\":\"/\"}\n");

        assertEquals("error: no project 'wbe'\n", shown());
        assertTrue(narrator.problemShown());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "no project web; make it with: echo '{}' | ssh -p PORT HOST PUT /projects/web, no project web; make it with: echo '{}' | sally api PUT /projects/web",
                "pipe it in such as ssh … PUT /projects/a/web/secrets/TOKEN < FILE, pipe it in such as sally secrets set TOKEN < FILE",
            })
    void commandsOfPlainSshBecomeSallys(String said, String told) throws IOException {
        say("{\"type\":\"not-found\",\"title\":\"t\",\"status\":404,\"detail\":\"" + said + "\"}\n");

        assertEquals("error: " + told + "\n", shown());
    }

    @Test
    void errorsOfASpecAreShownWithTheirPlaces() throws IOException {
        say("{\"type\":\"spec\",\"title\":\"t\",\"status\":422,\"detail\":\"the spec has 1 error\","
                + "\"errors\":[{\"line\":3,\"column\":5,\"message\":\"'scirpt' is no key\"}]}\n");

        assertEquals("error: the spec has 1 error\n  3:5 'scirpt' is no key\n", shown());
    }

    @Test
    void buildBecomesASentence() throws IOException {
        say("{\"id\":42,\"project\":\"web\",\"state\":\"queued\"}\n");
        say(
                "{\"id\":42,\"project\":\"web\",\"state\":\"failed\",\"reason\":\"exit status 2\","
                        + "\"started\":\"2026-11-20T10:00:00.000Z\",\"finished\":\"2026-11-20T10:00:03.140Z\",\"artifacts\":{\"count\":2,\"bytes\":9}}\n");

        assertEquals(
                "sally: build 42 (web) queued\n"
                        + "sally: build 42 (web) failed after 3.1 s: exit status 2; 2 artifacts: sally get 42\n",
                shown());
        assertFalse(narrator.problemShown());
    }

    @Test
    void noticeIsToldAsOne() throws IOException {
        say("{\"notice\":\"there is no project 'wbe' that you may see\"}\n");

        assertEquals("sally: there is no project 'wbe' that you may see\n", shown());
        assertFalse(narrator.problemShown());
    }

    @Test
    void allElseStaysAsItIs() throws IOException {
        say("Warning: Permanently added 'x'\n{not json\n{\"json\":true}\nno end of line");
        narrator.close();

        assertEquals("Warning: Permanently added 'x'\n{not json\n{\"json\":true}\nno end of line", shown());
    }

    private void say(String text) throws IOException {
        narrator.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
