package io.sallyport.client.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.client.ClientException.BadSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    private Path root;

    private Path here;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void folders() throws IOException {
        here = Files.createDirectories(root.resolve("checkout/src/main"));
        environment.put("HOME", root.resolve("home").toString());
    }

    @Test
    void nothingIsSetByDefault() throws IOException {
        assertEquals(Settings.none(), found());
    }

    @Test
    void eachSettingComesFromItsNearestOrigin() throws IOException {
        write("home/.config/sally/config.yml", "host: of-user\nport: 1\nproject: of-user\n");
        write("checkout/.sally.yml", "host: of-checkout\nport: 2\n");
        environment.put("SALLY_HOST", "of-environment");

        Settings expected = new Settings(Optional.of("of-environment"), Optional.of(2), Optional.of("of-user"));
        assertEquals(expected, found());

        Settings flags = new Settings(Optional.of("of-flag"), Optional.empty(), Optional.empty());
        assertEquals(Optional.of("of-flag"), flags.over(found()).host());
    }

    @Test
    void nearestFileUpwardIsTheOneOfTheCheckout() throws IOException {
        write("checkout/.sally.yml", "host: outer\nproject: outer\n");
        write("checkout/src/.sally.yml", "host: inner\n");

        assertEquals(Optional.of("inner"), found().host());
        assertEquals(Optional.empty(), found().project());
    }

    @Test
    void userFolderFollowsTheXdgVariable() throws IOException {
        write("xdg/sally/config.yml", "host: of-xdg\n");
        write("home/.config/sally/config.yml", "host: of-home\n");

        environment.put("XDG_CONFIG_HOME", root.resolve("xdg").toString());
        assertEquals(Optional.of("of-xdg"), found().host());

        environment.put("XDG_CONFIG_HOME", "relative/is/ignored");
        assertEquals(Optional.of("of-home"), found().host());
    }

    @Test
    void emptyVariableIsNotSet() throws IOException {
        write("checkout/.sally.yml", "host: of-checkout\n");
        environment.put("SALLY_HOST", "");

        assertEquals(Optional.of("of-checkout"), found().host());
    }

    @Test
    void emptyFileSetsNothing() throws IOException {
        write("checkout/.sally.yml", "# host: build.example\n");

        assertEquals(Settings.none(), found());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "hots: build.example | 'hots' is no setting",
                "host: [a, b]        | 'host' should have one plain value",
                "port: 70000         | '70000' is not a port",
                "port: ssh           | 'ssh' is not a port",
                "- host              | it should hold lines like",
                "host: [a            | it is not YAML",
            })
    void wrongFileIsNamedWithWhatIsWrong(String text, String complaint) throws IOException {
        write("checkout/.sally.yml", text + "\n");

        BadSetting wrong = assertThrows(BadSetting.class, this::found);
        assertEquals(root.resolve("checkout/.sally.yml").toString(), wrong.origin());
        assertTrue(wrong.getMessage().contains(complaint), wrong.getMessage());
    }

    @Test
    void settingGivenTwiceIsRefused() throws IOException {
        write("checkout/.sally.yml", "host: one\nhost: two\n");

        assertThrows(BadSetting.class, this::found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "22x", " 22"})
    void wrongPortInTheEnvironmentIsNamed(String port) {
        environment.put("SALLY_PORT", port);

        BadSetting wrong = assertThrows(BadSetting.class, this::found);
        assertEquals("SALLY_PORT", wrong.origin());
    }

    private Settings found() throws IOException {
        return Settings.found(environment, here);
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
