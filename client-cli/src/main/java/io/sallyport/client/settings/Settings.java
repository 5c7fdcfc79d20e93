package io.sallyport.client.settings;

import io.sallyport.client.ClientException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one origin, or of several laid over each other.
 *
 * @param host as {@code ssh} takes it
 * @param port 1 to 65535
 * @param project a project's name
 */
public record Settings(Optional<String> host, Optional<Integer> port, Optional<String> project) {
    private static final int MAX_PORT = 65_535;

    /** Nothing is set. */
    public static Settings none() {
        return new Settings(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * The settings of the environment, over the nearest {@code .sally.yml} from the folder upward, over the user's
     * configuration.
     *
     * @throws ClientException.BadSetting for the first that cannot be used
     */
    public static Settings found(Map<String, String> environment, Path folder) throws ClientException {
        Settings settings = of(environment);
        for (Path file : SettingsFiles.of(environment, folder)) {
            settings = settings.over(SettingsFile.read(file));
        }
        return settings;
    }

    /** The settings of environment variables alone. An empty variable is not set. */
    static Settings of(Map<String, String> environment) throws ClientException {
        Optional<String> port = variable(environment, "SALLY_PORT");
        return new Settings(
                variable(environment, "SALLY_HOST"),
                port.isPresent() ? Optional.of(port("SALLY_PORT", port.get())) : Optional.empty(),
                variable(environment, "SALLY_PROJECT"));
    }

    /** These, and the lower ones where these say nothing. */
    public Settings over(Settings lower) {
        return new Settings(host.or(lower::host), port.or(lower::port), project.or(lower::project));
    }

    /** Reads a port that comes from {@code origin}. */
    static int port(String origin, String text) throws ClientException {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ClientException.BadSetting(origin, "'" + text + "' is not a port, which is a number from 1 to 65535");
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
