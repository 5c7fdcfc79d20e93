package io.sallyport.gateway.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The operators' page and the file that {@code init} writes say the same of every setting. */
class SettingsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "operators.md");

    @Test
    void thePageListsEverySetting() throws IOException {
        String table = Settings.ALL.stream().map(SettingsPageTest::row).collect(Collectors.joining("\n"));
        List<String> lines = Files.readAllLines(PAGE);
        int head = lines.indexOf("| setting | default | is |");

        assertEquals(
                table,
                lines.subList(head + 2, lines.size()).stream()
                        .takeWhile(line -> line.startsWith("|"))
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void theFileShowsEverySettingWithItsDefault() {
        String shown = ConfigFile.template()
                .lines()
                .filter(line -> line.matches("#[a-z].*"))
                .collect(Collectors.joining("\n"));

        assertEquals(
                Settings.ALL.stream()
                        .map(setting -> "#" + setting.name() + ": " + value(setting))
                        .collect(Collectors.joining("\n")),
                shown);
    }

    private static String row(Setting<?> setting) {
        return "| `%s` | %s | %s |"
                .formatted(setting.name(), setting.fallback(), setting.summary())
                .replace("|  |", "| |");
    }

    private static String value(Setting<?> setting) {
        return setting.fallback().isEmpty() ? "\"\"" : setting.fallback();
    }
}
