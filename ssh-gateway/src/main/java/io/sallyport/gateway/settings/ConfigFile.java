package io.sallyport.gateway.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sallyport.builds.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The file {@code sallyport.yml}: flat {@code name: value} lines. Unknown names and wrong values are errors. */
public final class ConfigFile {
    private final Map<String, String> given;

    private ConfigFile(Map<String, String> given) {
        this.given = given;
    }

    /**
     * Reads the settings; a missing file means all defaults.
     *
     * @throws WrongSettings with all that is wrong in it
     */
    public static Config read(Path file) throws IOException, WrongSettings {
        ConfigFile parsed = new ConfigFile(Files.exists(file) ? parse(file) : Map.of());
        List<String> errors = parsed.errors();
        if (!errors.isEmpty()) {
            throw new WrongSettings(file, errors);
        }
        Config config = Settings.config(parsed);
        List<String> quarrels = Accord.quarrels(config);
        if (!quarrels.isEmpty()) {
            throw new WrongSettings(file, quarrels);
        }
        return config;
    }

    /** The file that {@code init} writes: every setting with its default, in comments. */
    public static String template() {
        StringBuilder text = new StringBuilder("""
                # Settings of this Sallyport gateway, read when it starts.
                # Each line shows a default. Remove the leading '#' to change it.
                """);
        for (Setting<?> setting : Settings.ALL) {
            text.append("\n# ")
                    .append(setting.summary())
                    .append(" (")
                    .append(setting.form())
                    .append(")\n#");
            text.append(setting.name())
                    .append(": ")
                    .append(quoted(setting.fallback()))
                    .append('\n');
        }
        return text.toString();
    }

    /** The settings file does not say what it should. */
    public static final class WrongSettings extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Path file;
        private final transient List<String> errors;

        WrongSettings(Path file, List<String> errors) {
            super(file + ": " + String.join("; ", errors));
            this.file = file;
            this.errors = errors;
        }

        /** The file. */
        public Path file() {
            return file;
        }

        /** Each thing that is wrong. */
        public List<String> errors() {
            return errors;
        }
    }

    <T> T get(Setting<T> setting) {
        return setting.read(given.getOrDefault(setting.name(), setting.fallback()));
    }

    private List<String> errors() {
        List<String> errors = new ArrayList<>();
        List<String> known = Settings.ALL.stream().map(Setting::name).toList();
        for (String name : given.keySet()) {
            if (known.stream().anyMatch(full -> full.startsWith(name + "."))) {
                errors.add("'" + name + "' is no setting: names are written with dots, such as '" + example(name, known)
                        + ": …'");
            } else if (!known.contains(name)) {
                String hint = Nearest.to(name, known)
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElse("");
                errors.add("unknown setting '" + name + "'" + hint);
            }
        }
        for (Setting<?> setting : Settings.ALL) {
            try {
                get(setting);
            } catch (IllegalArgumentException e) {
                errors.add(String.valueOf(e.getMessage()));
            }
        }
        return errors;
    }

    /** A full name for the beginning of one: the one that was meant if it is found in the value. */
    private String example(String name, List<String> known) {
        List<String> full =
                known.stream().filter(each -> each.startsWith(name + ".")).toList();
        String value = given.getOrDefault(name, "");
        return full.stream()
                .filter(each -> value.contains("\"" + each.substring(name.length() + 1) + "\""))
                .findFirst()
                .orElse(full.getFirst());
    }

    private static Map<String, String> parse(Path file) throws IOException, WrongSettings {
        YAMLMapper yaml = YAMLMapper.builder()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .build();
        JsonNode root;
        try {
            root = yaml.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new WrongSettings(
                    file, List.of(e.getOriginalMessage().lines().findFirst().orElse("not YAML")));
        }
        Map<String, String> values = new LinkedHashMap<>();
        if (root == null || root.isMissingNode() || root.isNull()) {
            return values;
        }
        if (!root.isObject()) {
            throw new WrongSettings(file, List.of("it must hold lines of the form 'name: value'"));
        }
        root.properties()
                .forEach(entry -> values.put(
                        entry.getKey(),
                        entry.getValue().isValueNode()
                                ? entry.getValue().asText()
                                : entry.getValue().toString()));
        return values;
    }

    private static String quoted(String value) {
        return value.isEmpty() ? "\"\"" : value;
    }
}
