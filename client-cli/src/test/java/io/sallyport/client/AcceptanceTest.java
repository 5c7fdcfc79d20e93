package io.sallyport.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AcceptanceTest {
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final List<String> accepted = new ArrayList<>();
    private final Acceptance acceptance = new Acceptance(terminal, Set.of("no-base"), accepted::add);

    @Test
    void aLogThatComesFirstIsShownSecond() throws Exception {
        OutputStream log = acceptance.before(terminal);
        Thread reader = Thread.ofPlatform().start(() -> write(log, "+ make\n"));

        write(acceptance, "{\"id\":7,\"state\":\"queued\"}\n");
        reader.join();
        write(log, "done\n");

        assertEquals("{\"id\":7,\"state\":\"queued\"}\n+ make\ndone\n", terminal.toString(StandardCharsets.UTF_8));
        assertEquals(OptionalLong.of(7), acceptance.build());
    }

    @Test
    void theSourceIsToldByTheRecordOfTheBuild() throws Exception {
        write(
                acceptance,
                "{\"id\":7,\"state\":\"queued\",\"source\":{\"kind\":\"manifest\",\"digest\":\"sha256:12ab\"}}\n");

        assertEquals(List.of("12ab"), accepted);
        assertEquals(Optional.empty(), acceptance.problem());
    }

    @Test
    void onlyAProblemThatThereIsARemedyForIsNotShown() throws Exception {
        write(acceptance, "{\"type\":\"no-base\",\"status\":422}\n");
        assertEquals(Optional.of("no-base"), acceptance.problem());

        Acceptance other = new Acceptance(terminal, Set.of("no-base"), accepted::add);
        write(other, "{\"type\":\"unknown-format\",\"status\":422}\n");
        assertEquals(Optional.empty(), other.problem());

        assertEquals("{\"type\":\"unknown-format\",\"status\":422}\n", terminal.toString(StandardCharsets.UTF_8));
        assertEquals(List.of(), accepted);
    }

    private static void write(OutputStream to, String text) {
        try {
            to.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
