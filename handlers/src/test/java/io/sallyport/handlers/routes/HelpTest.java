package io.sallyport.handlers.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.handlers.Method;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.Route;
import io.sallyport.handlers.RouteAccess;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelpTest {
    private static final List<Route> ROUTES = List.of(
            route(Method.GET, "/builds", "builds, newest first"),
            route(Method.GET, "/builds/{id}", "one build"),
            route(Method.GET, "/builds/{id}/log", "the log"),
            route(Method.GET, "/projects/{p}/builds", "builds of a project"),
            route(Method.PUT, "/projects/{p}", "make a project").reading(PutProject.BODY),
            route(Method.DELETE, "/projects/{p}", "remove a project"));

    private final Help help = new Help(() -> ROUTES);

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            ls                 ~ ls stands for GET /builds
            show               ~ format=json|text
            show 5             ~ show ID stands for GET /builds/ID
            wait               ~ wait ID stands for GET /builds/ID wait=true
            log                ~ log ID [-f] stands for GET /builds/ID/log
            PUT /projects/calc ~ body: JSON: description
            PUT /projects/a/b  ~ example: echo '{"description":"the web site"}' | ssh -p PORT HOST PUT /projects/web
            /projects/calc     ~ DELETE /projects/{p}
            projects           ~ DELETE /projects/{p}
            """)
    void saysMoreOfAWordOrAPath(String word, String part) {
        String text = text(word);

        assertTrue(text.contains(part), text);
    }

    @Test
    void aPathWithItsMethodIsThatRouteOnly() {
        assertFalse(text("PUT /projects/calc").contains("DELETE"));
        assertFalse(text("PUT /projects/calc").contains("/builds"));
    }

    @Test
    void aMethodListsItsRoutes() {
        assertEquals("""
                  GET /builds               builds, newest first
                  GET /builds/{id}          one build
                  GET /builds/{id}/log      the log
                  GET /projects/{p}/builds  builds of a project
                """, text("GET"));
        assertEquals(text("GET"), text("get"));
    }

    @Test
    void whatThereIsNoHelpAboutIsNamed() {
        assertEquals("no help about 'shwo', did you mean 'show'?", problem("shwo"));
        assertEquals("no help about 'something else'; 'help' lists all", problem("something else"));
    }

    private String text(String word) {
        return assertInstanceOf(Response.Text.class, help.about(word)).text();
    }

    private String problem(String word) {
        return assertInstanceOf(Response.Failed.class, help.about(word))
                .problem()
                .detail();
    }

    private static Route route(Method method, String path, String summary) {
        return Route.route(method, path, RouteAccess.anyKey(), summary, request -> new Response.Empty());
    }
}
