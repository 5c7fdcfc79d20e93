package io.sallyport.client.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.sallyport.client.ClientException;
import io.sallyport.client.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** One file of settings: a flat YAML map of {@code host}, {@code port} and {@code project}, and nothing else. */
final class SettingsFile {
    private static final long LARGEST = 64 * 1024;

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;

    private SettingsFile(Path file) {
        this.file = file;
    }

    /** The settings in the file; an empty file has none. */
    static Settings read(Path file) throws ClientException {
        return new SettingsFile(file).settings();
    }

    private Settings settings() throws ClientException {
        JsonNode document = document();
        if (document.isMissingNode() || document.isNull()) {
            return Settings.none();
        }
        if (!document.isObject()) {
            throw wrong("it should hold lines like 'host: build.example'");
        }
        for (Map.Entry<String, JsonNode> entry : document.properties()) {
            check(entry.getKey(), entry.getValue());
        }
        Optional<String> port = text(document, "port");
        return new Settings(
                text(document, "host"),
                port.isPresent() ? Optional.of(Settings.port(file.toString(), port.get())) : Optional.empty(),
                text(document, "project"));
    }

    private JsonNode document() throws ClientException {
        try {
            if (Files.size(file) > LARGEST) {
                throw wrong("it is too large for settings");
            }
            try (JsonParser parser = YAML.createParser(Files.readAllBytes(file))) {
                return Json.next(parser);
            }
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            throw wrong("it is not YAML" + where);
        } catch (ClientException e) {
            throw e;
        } catch (IOException e) {
            throw wrong("it cannot be read: " + e.getMessage());
        }
    }

    private void check(String name, JsonNode value) throws ClientException {
        switch (name) {
            case "host", "port", "project" -> {
                if (!value.isValueNode() || value.isNull()) {
                    throw wrong("'" + name + "' should have one plain value");
                }
            }
            default -> throw wrong("'" + name + "' is no setting; there are host, port and project");
        }
    }

    private static Optional<String> text(JsonNode document, String name) {
        return Optional.ofNullable(document.get(name)).map(JsonNode::asText);
    }

    private ClientException wrong(String detail) {
        return new ClientException.BadSetting(file.toString(), detail);
    }
}
