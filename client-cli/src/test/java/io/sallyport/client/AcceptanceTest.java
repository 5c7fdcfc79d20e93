package io.sallyport.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AcceptanceTest {
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final Acceptance acceptance = new Acceptance(terminal, () -> {});

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

    private static void write(OutputStream to, String text) {
        try {
            to.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
