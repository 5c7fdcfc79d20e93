package io.sallyport.handlers.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.Topic;
import io.sallyport.handlers.Param;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {
    @Test
    void patternsNameTypesAndKinds() throws Exception {
        assertEquals(EnumSet.allOf(EventType.class), types(Optional.empty()));
        assertEquals(EnumSet.allOf(EventType.class), types(Optional.of("*")));
        assertEquals(Set.of(EventType.BUILD_ENDED), types(Optional.of("build.ended")));
        assertEquals(
                Set.of(EventType.JOB_WAITING, EventType.JOB_STARTED, EventType.JOB_ENDED, EventType.KEY_ADDED),
                types(Optional.of("job.*,key.added,job.ended")));
        assertEquals(
                Set.of(EventType.DEPLOY_KEY_ADDED, EventType.DEPLOY_KEY_CHANGED, EventType.DEPLOY_KEY_REMOVED),
                types(Optional.of("deploy-key.*")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            build.endet        | there are no events of type 'build.endet', did you mean 'build.ended'?
            job.ended,jobs.*   | there are no events of type 'jobs.*', did you mean 'job.*'?
            build.ended,       | there are no events of type ''; there are authority.*, build.*,
            *.ended            | there are no events of type '*.ended', did you mean 'job.ended'?
            build.finished     | there are no events of type 'build.finished'; there are build.queued, build.requeued, build.started, build.canceling, build.ended,
            biuld.done         | there are no events of type 'biuld.done'; there are build.queued,
            drains             | there are no events of type 'drains'; there are authority.*, build.*,
            """)
    void whatIsUnknownIsRefusedWithTheNearest(String given, String said) {
        Param.Malformed refused =
                assertThrows(Param.Malformed.class, () -> EventFilter.of(Optional.of(given), Optional.empty()));

        assertTrue(refused.detail().startsWith(said), refused.detail());
    }

    @Test
    void aProjectIsThatProjectAlone() throws Exception {
        EventFilter web = EventFilter.of(Optional.of("build.*"), Optional.of("web"));

        assertTrue(web.covers(new Topic(EventType.BUILD_ENDED, "web", "ann")));
        assertFalse(web.covers(new Topic(EventType.BUILD_ENDED, "web/api", "ann")));
        assertFalse(web.covers(new Topic(EventType.JOB_ENDED, "web", "ann")));
        assertFalse(web.covers(new Topic(EventType.LIMIT_REACHED, "", "")));
    }

    @Test
    void theCodeIsThatOfWhatIsAskedForNotOfHowItIsWritten() throws Exception {
        EventFilter one = EventFilter.of(Optional.of("job.waiting,job.ended,job.started"), Optional.empty());

        assertEquals(
                one.code(),
                EventFilter.of(Optional.of("job.*"), Optional.empty()).code());
        assertNotEquals(
                one.code(),
                EventFilter.of(Optional.of("job.*"), Optional.of("web")).code());
        assertNotEquals(
                one.code(), EventFilter.of(Optional.empty(), Optional.empty()).code());
        assertEquals(
                1783448665,
                EventFilter.of(Optional.of("job.ended,job.started"), Optional.empty())
                        .code(),
                "it stands in cursors: it must not change");
    }

    private static Set<EventType> types(Optional<String> patterns) throws Param.Malformed {
        return EventFilter.of(patterns, Optional.empty()).types();
    }
}
