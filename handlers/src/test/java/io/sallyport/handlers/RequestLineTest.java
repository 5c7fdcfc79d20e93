package io.sallyport.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestLineTest {
    @Test
    void queryAndWordsAreTheSameParameters() {
        RequestLine both = understood("GET /builds?state=failed&limit=3 after=7");
        assertEquals(Map.of("state", "failed", "limit", "3", "after", "7"), both.parameters());
        assertEquals("/builds", both.path());
    }

    @Test
    void onlyThePathAndItsQueryArePercentDecoded() {
        RequestLine line = understood("GET /builds/1/artifacts/a%20b%c3%a4?x=%26%3d y=%20");
        assertEquals("/builds/1/artifacts/a bä", line.path());
        assertEquals(Map.of("x", "&=", "y", "%20"), line.parameters());
    }

    @Test
    void shortFormsAreOneRequestEach() {
        assertEquals(
                new RequestLine(Method.POST, "/projects/web/builds", Map.of("follow", "true")),
                understood("submit web follow=true"));
        assertEquals(new RequestLine(Method.GET, "/builds/7/log", Map.of("follow", "true")), understood("log 7 -f"));
        assertEquals(new RequestLine(Method.GET, "/builds/7/log", Map.of("follow", "true")), understood("log -f 7"));
        assertEquals(new RequestLine(Method.GET, "/builds/7", Map.of("wait", "true")), understood("wait 7"));
        assertEquals(
                new RequestLine(Method.DELETE, "/builds/7", Map.of("reason", "too slow")),
                understood("cancel 7 reason='too slow'"));
        assertEquals(new RequestLine(Method.GET, "/help", Map.of("word", "submit")), understood("help submit"));
        assertEquals(
                new RequestLine(Method.GET, "/help", Map.of("word", "PUT /projects/calc")),
                understood("help PUT /projects/calc"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            GTE /builds         | 'GTE', did you mean 'GET'
            get /builds         | 'get', did you mean 'GET'
            sumbit web          | 'sumbit', did you mean 'submit'
            GET                 | needs a path
            GET builds          | did you mean '/builds'
            /builds             | did you mean 'GET /builds'
            GET /builds limit   | 'limit' is not of the form name=value
            cancel 7 reason=a b | quoted twice
            GET /builds =3      | '=3' is not of the form
            GET /builds?a=1 a=2 | 'a' is given twice
            GET /%zz            | '%'
            GET /%ff            | UTF-8
            log -n 5            | unknown option '-n' of 'log ID [-f]'
            ls --limit 5        | unknown option '--limit' of 'ls'
            GET /builds -n 5    | unknown option '-n'
            show 5 5            | 'show' takes one ID, and parameters of the form name=value: '5' is too much
            log 1 2             | 'log' takes one ID
            whoami please       | 'whoami' takes nothing, and parameters of the form name=value: 'please' is too much
            status 5            | did you mean 'show 5'
            artifacts 5         | did you mean 'GET /builds/5/artifacts'
            artifacts           | did you mean 'GET /builds/ID/artifacts'
            list                | did you mean 'ls'
            submit              | 'submit' needs its PROJECT
            submit follow=true  | 'submit' needs its PROJECT
            GET /builds 'x      | never closed
            """)
    void whatIsWrongIsNamed(String line, String words) {
        Problem problem = assertInstanceOf(RequestLine.Misunderstood.class, RequestLine.of(line))
                .problem();
        assertEquals(400, problem.status());
        assertTrue(problem.detail().contains(words), problem.detail());
    }

    private static RequestLine understood(String line) {
        return assertInstanceOf(RequestLine.Understood.class, RequestLine.of(line))
                .request();
    }
}
