package io.sallyport.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
    private static final Route LIST = Route.route(
            Method.GET,
            "/builds",
            RouteAccess.anyKey(),
            "builds",
            request -> new Response.Empty(),
            Param.words("label", 10, "only these"),
            Param.number("limit", 1, 9, "at most"));

    @Test
    void everyRouteTakesAFormatOnce() {
        assertEquals(
                List.of("label.NAME", "limit", "format"),
                LIST.accepted().stream().map(Param::written).toList());
        Route own = Route.route(
                Method.GET,
                "/log",
                RouteAccess.anyKey(),
                "log",
                request -> new Response.Empty(),
                Param.oneOf("format", List.of("raw", "text"), "how"));
        assertEquals(1, own.accepted().size());
    }

    @Test
    void whatItTakesPasses() throws Exception {
        LIST.check(Map.of("label.kind", "nightly", "limit", "9", "format", "text"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            labels.kind | did you mean 'label.kind'?
            lable.a.b   | did you mean 'label.a.b'?
            label       | did you mean 'label.NAME'?
            limt        | did you mean 'limit'?
            zzz         | it takes label.NAME, limit, format
            zzz.kind    | it takes label.NAME, limit, format
            label.      | did you mean 'label.NAME'?
            """)
    void whatItDoesNotTakeIsNamedWithTheNearest(String given, String hint) {
        Param.Malformed unknown = assertThrows(Param.Malformed.class, () -> LIST.check(Map.of(given, "1")));

        assertEquals("unknown parameter '" + given + "' for GET /builds, " + hint, unknown.detail());
    }
}
