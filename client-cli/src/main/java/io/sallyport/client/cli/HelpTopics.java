package io.sallyport.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What {@code sally help} can tell besides its commands. */
final class HelpTopics {
    private static final List<String> NAMES = List.of("settings", "exit-status", "ignore", "connections");

    private HelpTopics() {}

    /** All of them. */
    static List<String> names() {
        return NAMES;
    }

    /** The text of one. */
    static Optional<String> text(String name) throws IOException {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        try (InputStream text = HelpTopics.class.getResourceAsStream("help-" + name + ".txt")) {
            return Optional.of(new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
