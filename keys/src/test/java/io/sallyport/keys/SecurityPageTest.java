package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page on security shows the roles as they are; {@code -Dsallyport.pages=write} makes its table anew. */
class SecurityPageTest {
    private static final Path PAGE = Path.of("..", "docs", "security.md");
    private static final String BEGIN = "<!-- roles -->\n";
    private static final String NEXT = "\n## ";

    @Test
    void thePageShowsEveryVerbOfEveryRole() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String made = page.substring(0, begin) + "\n" + table() + page.substring(page.indexOf(NEXT, begin));

        if (System.getProperty("sallyport.pages", "").equals("write")) {
            Files.writeString(PAGE, made);
        }

        assertEquals(made, Files.readString(PAGE));
    }

    private static String table() {
        String head = "| verb |" + roles(role -> " " + role.label() + " |") + "\n|---|" + roles(role -> "---|") + "\n";
        return head
                + Arrays.stream(Verb.values())
                        .map(verb -> "| `" + verb.label() + "` |"
                                + roles(role -> role.verbs().contains(verb) ? " yes |" : " |") + "\n")
                        .collect(Collectors.joining());
    }

    private static String roles(java.util.function.Function<Role, String> cell) {
        return Arrays.stream(Role.values()).map(cell).collect(Collectors.joining());
    }
}
