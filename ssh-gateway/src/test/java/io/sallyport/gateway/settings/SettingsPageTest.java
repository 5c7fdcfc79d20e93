package io.sallyport.gateway.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Written by hand from what is promised; who changes a default has to change a promise. */
    @ParameterizedTest
    @CsvSource({
        "limits.loginGrace, 20s",
        "limits.loginTries, 6",
        "limits.unauthenticated, 100",
        "limits.unauthenticatedPerSource, 10",
        "limits.penaltyFailedLogin, 5s",
        "limits.penaltyCrash, 90s",
        "limits.penaltyLeast, 15s",
        "limits.penaltyMost, 10m",
        "limits.sourceBits4, 32",
        "limits.sourceBits6, 64",
        "limits.connectionsPerIdentity, 64",
        "limits.channels, 16",
        "limits.environment, 4",
        "limits.requestLine, 64KiB",
        "limits.sourceBytes, 1GiB",
        "limits.sourceEntries, 200000",
        "limits.logBytes, 256MiB",
        "limits.idle, 10m",
        "limits.heartbeat, 30s",
        "limits.followers, 10000",
        "reports.allow, ''",
        "reports.plainHttp, false",
        "reports.allowAddresses, ''",
    })
    void theDefaultsAreThosePromised(String name, String fallback) {
        assertEquals(
                List.of(fallback),
                Settings.ALL.stream()
                        .filter(setting -> setting.name().equals(name))
                        .map(Setting::fallback)
                        .toList());
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
