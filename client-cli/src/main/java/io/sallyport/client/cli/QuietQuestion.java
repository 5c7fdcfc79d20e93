package io.sallyport.client.cli;

import io.sallyport.client.TransportFactory;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Asks at the terminal, without showing what is typed. */
final class QuietQuestion implements TransportFactory.Questions {
    private static final int LONGEST = 1024;

    private final Terminals terminals;

    QuietQuestion(Terminals terminals) {
        this.terminals = terminals;
    }

    @Override
    public Optional<char[]> ask(String question) throws IOException, InterruptedException {
        if (!terminals.in() && !terminals.err()) {
            return Optional.empty();
        }
        HiddenTyping hidden = HiddenTyping.begin();
        try (Reader keys = new InputStreamReader(new FileInputStream(Stty.TERMINAL), StandardCharsets.UTF_8);
                OutputStream screen = new FileOutputStream(Stty.TERMINAL)) {
            screen.write(question.getBytes(StandardCharsets.UTF_8));
            char[] typed = new char[LONGEST];
            int length = 0;
            for (int key = keys.read(); key >= 0 && key != '\n' && length < LONGEST; key = keys.read()) {
                typed[length++] = (char) key;
            }
            screen.write('\n');
            char[] answer = Arrays.copyOf(typed, length);
            Arrays.fill(typed, ' ');
            return Optional.of(answer);
        } finally {
            hidden.end();
        }
    }
}
