package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.model.AuthConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryCredentialsTest {
    @TempDir
    Path folder;

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("config.json"), json);
    }

    @Test
    void areThoseOfTheRegistry() throws Exception {
        Path file = file("""
                {"auths": {"https://index.docker.io/v1/": {"auth": "bWU6c2VjcmV0OndvcmQ="},
                 "r.example:5000": {"username": "you", "password": "word"}}}
                """);

        AuthConfig hub = RegistryCredentials.of(file, "docker.io").orElseThrow();
        assertEquals("me", hub.getUsername());
        assertEquals("secret:word", hub.getPassword());
        assertEquals(
                "you",
                RegistryCredentials.of(file, "r.example:5000").orElseThrow().getUsername());
        assertTrue(RegistryCredentials.of(file, "r.example").isEmpty());
    }

    @Test
    void whatIsWrongIsSaidWithoutWhatIsSecret() throws Exception {
        for (String json : new String[] {
            "{secret", "{\"auths\": {\"r\": {\"auth\": \"secret!\"}}}", "{\"auths\": {\"r\": {\"auth\": \"c2VjcmV0\"}}}"
        }) {
            Path file = file(json);
            IOException wrong = assertThrows(IOException.class, () -> RegistryCredentials.of(file, "r"));
            assertFalse(wrong.getMessage().contains("secret"), wrong::getMessage);
        }
    }

    @Test
    void aFileThatGivesNoneIsNamedWithTheReason() throws Exception {
        Path missing = folder.resolve("missing");
        String start = "the registry credentials (docker.credentials) cannot be read: ";

        IOException wrong = assertThrows(IOException.class, () -> RegistryCredentials.of(missing, "r"));

        assertEquals(start + missing + " is not there", wrong.getMessage());
        assertEquals(Optional.of(start + missing + " is not there"), RegistryCredentials.fault(missing));
        assertEquals(Optional.of(start + folder + " is a folder"), RegistryCredentials.fault(folder));
        for (String json : List.of("{\"auths\"", "auths: {}")) {
            Path file = file(json);
            assertEquals(Optional.of(start + file + " is no JSON"), RegistryCredentials.fault(file));
        }
        for (String json : List.of("", "[]", "null")) {
            Path file = file(json);
            assertEquals(Optional.of(start + file + " is no JSON object"), RegistryCredentials.fault(file));
        }
        assertEquals(Optional.empty(), RegistryCredentials.fault(file("{\"auths\": {}}")));
    }
}
