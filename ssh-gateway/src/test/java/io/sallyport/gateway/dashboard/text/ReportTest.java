package io.sallyport.gateway.dashboard.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sallyport.gateway.dashboard.house.House;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private static JsonNode json(String text) throws Exception {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void theHouseInSentences() throws Exception {
        House house = new House(10);
        house.read(
                NOW,
                List.of(
                        json(
                                "{'items':[{'id':57,'project':'web','state':'running','ref':'main','submittedBy':'ann','started':'2026-11-26T11:58:50.000Z','jobs':[{'name':'unit','state':'running'},{'name':'lint','state':'failed'}]},"
                                        + "{'id':56,'project':'api','state':'failed','commit':'3f2c1ab2d4','submittedBy':'bob','finished':'2026-11-26T11:59:59.000Z','reason':'job \\u001b[2Junit'}]}")));
        house.readQueue(
                json(
                        "{'items':[{'id':57,'job':'ship','project':'web','since':'2026-11-26T09:59:00.000Z','why':'needs unit'}]}"));
        assertEquals("""
                1 build running:
                  build 57 of web, main, by ann, for 1 minute, 1 of 2 jobs over, now unit
                1 waiting:
                  job ship of build 57 of web, for 2 hours: needs unit
                the last that ended:
                  build 56 of api, 3f2c1ab2, by bob, failed 1 second ago: job \ufffd[2Junit
                """.replace("\n", "\r\n"), Report.of(house, NOW));
    }

    @Test
    void whereThereIsNothingNoColonPromisesIt() {
        assertEquals("""
                0 builds running
                0 waiting
                none has ended yet
                """.replace("\n", "\r\n"), Report.of(new House(10), NOW));
    }
}
