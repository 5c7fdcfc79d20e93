package io.sallyport.builds.executor.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Whom a registry knows, from a file of Docker's own form; read anew each time, so that it can be changed. */
final class RegistryCredentials {
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
        if (Files.size(file) > LARGEST) {
            throw new IOException("the file of registry credentials is larger than " + LARGEST + " bytes: " + file);
        }
        JsonNode auths;
        try {
            auths = JSON.readTree(Files.readAllBytes(file)).path("auths");
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IOException("the file of registry credentials is no JSON: " + file);
        }
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
