package io.sallyport.builds.executor.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import io.sallyport.builds.plan.ImageName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Whom a registry knows, from a file of Docker's own form; read anew each time, so that it can be changed. */
public final class RegistryCredentials {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LARGEST = 1 << 20;
    /** How Docker's own client writes its own registry. */
    private static final String DOCKER_HUB = "https://index.docker.io/v1/";

    private RegistryCredentials() {}

    /**
     * Those of an image's registry; empty when the file has none.
     *
     * @throws IOException when it cannot be read, or is not of that form; nothing of its content is in the message
     */
    static Optional<AuthConfig> of(Path file, String registry) throws IOException {
        JsonNode auths = document(file).path("auths");
        List<String> names = registry.equals(ImageName.USUAL_REGISTRY)
                ? List.of(DOCKER_HUB, registry)
                : List.of(registry, "https://" + registry, "https://" + registry + "/");
        for (String name : names) {
            JsonNode entry = auths.get(name);
            if (entry != null && entry.isObject()) {
                return Optional.of(auth(name, entry, file));
            }
        }
        return Optional.empty();
    }

    /** Why none can be had from a file, whatever the registry; empty when they can. Nothing of its content is in it. */
    public static Optional<String> fault(Path file) {
        try {
            document(file);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode document(Path file) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw unreadable(file, "is a folder");
            }
            if (Files.size(file) > LARGEST) {
                throw unreadable(file, "is larger than " + LARGEST + " bytes");
            }
            JsonNode document = JSON.readTree(Files.readAllBytes(file));
            if (!document.isObject()) {
                throw unreadable(file, "is no JSON object");
            }
            return document;
        } catch (JsonProcessingException e) {
            throw unreadable(file, "is no JSON");
        } catch (NoSuchFileException e) {
            throw unreadable(file, "is not there");
        } catch (AccessDeniedException e) {
            throw unreadable(file, "is there, but user " + System.getProperty("user.name") + " may not read it");
        }
    }

    private static IOException unreadable(Path file, String why) {
        return new IOException("the registry credentials (docker.credentials) cannot be read: " + file + " " + why);
    }

    private static AuthConfig auth(String name, JsonNode entry, Path file) throws IOException {
        AuthConfig auth = new AuthConfig().withRegistryAddress(name);
        if (entry.hasNonNull("identitytoken")) {
            auth.withIdentityToken(entry.get("identitytoken").asText());
        }
        if (entry.hasNonNull("username") && entry.hasNonNull("password")) {
            return auth.withUsername(entry.get("username").asText())
                    .withPassword(entry.get("password").asText());
        }
        String pair = decoded(entry.path("auth").asText(), name, file);
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw new IOException("no credentials for " + name + " in " + file);
        }
        return auth.withUsername(pair.substring(0, colon)).withPassword(pair.substring(colon + 1));
    }

    private static String decoded(String text, String name, Path file) throws IOException {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IOException("the credentials for " + name + " are not in base64, in " + file);
        }
    }
}
