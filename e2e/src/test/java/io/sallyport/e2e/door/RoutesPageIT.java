package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.e2e.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/routes.md} is what {@code GET /} answers; {@code -Dsallyport.pages=write} makes it anew. */
class RoutesPageIT {
    private static final Path PAGE = Repository.ROOT.resolve("docs/routes.md");
    private static final String BEGIN = "<!-- made from GET / -->\n";

    private final GatewayProcess gateway = new GatewayProcess();

    @BeforeEach
    void serve() throws Exception {
        gateway.prepare().start();
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void thePageListsEveryRouteWithItsAccessAndParameters() throws Exception {
        String page = Files.readString(PAGE);
        String head = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String made = head + table(gateway.admin().run("GET /").ok().json().path("routes"));

        if (System.getProperty("sallyport.pages", "").equals("write")) {
            Files.writeString(PAGE, made);
        }

        assertEquals(made, Files.readString(PAGE));
    }

    private static String table(JsonNode routes) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("| request | for | what |");
        lines.add("|---|---|---|");
        for (JsonNode route : routes) {
            lines.add("| `" + route.path("method").asText() + " "
                    + route.path("path").asText() + "` | "
                    + route.path("access").asText() + " | "
                    + route.path("summary").asText() + " |");
        }
        for (JsonNode route : routes) {
            if (!route.path("parameters").isEmpty() || route.has("body")) {
                lines.add("");
                lines.add("## " + route.path("method").asText() + " "
                        + route.path("path").asText());
            }
            if (route.has("body")) {
                lines.add("");
                lines.add("Body: " + route.path("body").path("form").asText() + ".");
                lines.add("");
                lines.add("    " + route.path("body").path("example").asText());
            }
            if (!route.path("parameters").isEmpty()) {
                lines.add("");
                lines.add("| parameter | what |");
                lines.add("|---|---|");
                for (JsonNode parameter : route.path("parameters")) {
                    lines.add("| `" + parameter.path("usage").asText().replace("|", "\\|") + "` | "
                            + parameter.path("summary").asText() + " |");
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }
}
