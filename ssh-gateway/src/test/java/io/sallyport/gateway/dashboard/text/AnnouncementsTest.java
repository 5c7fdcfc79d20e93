package io.sallyport.gateway.dashboard.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
    private final Announcements announcements = new Announcements();

    private void add(String event) throws Exception {
        announcements.add(new JsonMapper().readTree(event.replace('\'', '"')));
    }

    @Test
    void whatIsWorthHearingIsTold() throws Exception {
        add("{'type':'build.queued','time':'2026-11-26T12:00:01.000Z','build':7,'project':'web','by':'ann'}");
        add("{'type':'job.started','time':'2026-11-26T12:00:02.000Z','build':7,'project':'web','job':'unit'}");
        add("{'type':'job.ended','time':'2026-11-26T12:00:03.000Z','build':7,'job':'lint','state':'succeeded'}");
        add(
                "{'type':'job.ended','time':'2026-11-26T12:00:04.000Z','build':7,'job':'unit','state':'failed','reason':'the script ended with 4'}");
        add(
                "{'type':'build.ended','time':'2026-11-26T12:00:05.000Z','build':7,'project':'web','state':'failed','reason':'job unit'}");
        assertEquals("""
                12:00:01 build 7 of web queued by ann
                12:00:04 job unit of build 7 failed: the script ended with 4
                12:00:05 build 7 of web failed: job unit
                """.replace("\n", "\r\n"), announcements.take());
        assertEquals("", announcements.take());
    }

    @Test
    void tooManyAreCountedAndHostileOnesHarmless() throws Exception {
        for (int i = 1; i <= 1000; i++) {
            add("{'type':'build.started','build':" + i + ",'project':'web\\u001b[2J\\u202e'}");
        }
        String said = announcements.take();
        assertTrue(said.startsWith("980 more were left out\r\nbuild 981 of web"), said);
        assertEquals(21, said.lines().count());
        assertTrue(said.chars().allMatch(c -> c == '\r' || c == '\n' || !Character.isISOControl(c)), said);
    }
}
