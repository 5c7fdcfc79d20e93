package io.sallyport.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.bench.lean.Answer;
import io.sallyport.bench.lean.Connection;
import io.sallyport.bench.lean.LoginKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lean client with a real sshd. */
class LeanClientTest {
    @TempDir
    private Path folder;

    private Workplace place;
    private Sshd sshd;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isExecutable(Path.of(Sshd.program())), "there is no sshd");
        place = Workplace.make(folder);
        sshd = Sshd.start(place);
    }

    @AfterEach
    void stop() throws IOException {
        if (sshd != null) {
            sshd.close();
            place.close();
        }
    }

    @Test
    void runsOneCommandAfterTheOtherOnOneConnection() throws Exception {
        try (Connection connection = connect("user_key")) {
            assertEquals(new Answer("out\n", "err\n", 3), connection.run("echo out; echo err >&2; exit 3"));
            assertEquals(
                    new Answer("as it came", "", 0),
                    connection.run("cat", "as it came".getBytes(StandardCharsets.UTF_8)));
            assertEquals(
                    100_000, connection.run("head -c 100000 /dev/zero").out().length());
        }
    }

    @Test
    void isNotLetInWithAnotherKey() {
        assertThrows(IOException.class, () -> connect("sshd_key"));
    }

    private Connection connect(String key) throws Exception {
        return sshd.server(LoginKey.read(place.file(key)), "").connect();
    }
}
