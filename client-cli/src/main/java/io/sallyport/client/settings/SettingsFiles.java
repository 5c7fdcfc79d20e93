package io.sallyport.client.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which files hold settings. */
final class SettingsFiles {
    private static final String OF_A_CHECKOUT = ".sally.yml";

    private SettingsFiles() {}

    /** Those that exist, the stronger first. */
    static List<Path> of(Map<String, String> environment, Path folder) {
        return Stream.of(upward(folder), ofUser(environment))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Path> upward(Path folder) {
        return Stream.iterate(folder.toAbsolutePath().normalize(), at -> at != null, Path::getParent)
                .map(at -> at.resolve(OF_A_CHECKOUT))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** As the XDG Base Directory Specification 0.8 has it: a relative folder is ignored. */
    private static Optional<Path> ofUser(Map<String, String> environment) {
        Optional<Path> set = Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                .filter(value -> value.startsWith("/"))
                .map(Path::of);
        Optional<Path> usual = Optional.ofNullable(environment.get("HOME"))
                .filter(value -> !value.isEmpty())
                .map(home -> Path.of(home, ".config"));
        return set.or(() -> usual)
                .map(folder -> folder.resolve("sally").resolve("config.yml"))
                .filter(Files::isRegularFile);
    }
}
