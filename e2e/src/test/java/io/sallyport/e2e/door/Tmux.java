package io.sallyport.e2e.door;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A terminal that tmux keeps, with one program in it. What it shows is what a person would see.
 *
 * @param socket of the tmux server, which has this one terminal
 */
record Tmux(Path socket) implements AutoCloseable {
    private static final String SESSION = "t";

    /** Runs the program in a terminal of that size; when it has ended, the terminal says so and stays. */
    static Tmux run(Path socket, Program program, int columns, int lines, String... environment)
            throws IOException, InterruptedException {
        Tmux tmux = new Tmux(socket);
        String words = program.words().stream().map(Tmux::quoted).collect(Collectors.joining(" "));
        String command = "echo before; env " + String.join(" ", environment) + " " + words
                + "; echo ended with $?; exec sleep 600";
        tmux.tmux("-f", "/dev/null", "new-session", "-d", "-s", SESSION)
                .with("-x", Integer.toString(columns), "-y", Integer.toString(lines), command)
                .run()
                .ok();
        return tmux;
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private Program tmux(String... words) {
        List<String> all = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
        all.addAll(List.of(words));
        return Program.of(all.toArray(String[]::new));
    }

    /** Presses keys, as {@code tmux send-keys} names them. */
    Tmux press(String... keys) throws IOException, InterruptedException {
        for (String key : keys) {
            tmux("send-keys", "-t", SESSION).with(key).run().ok();
        }
        return this;
    }

    /** Types a text. */
    Tmux type(String text) throws IOException, InterruptedException {
        tmux("send-keys", "-t", SESSION, "-l").with(text).run().ok();
        return this;
    }

    Tmux resize(int columns, int lines) throws IOException, InterruptedException {
        tmux("resize-window", "-t", SESSION, "-x", Integer.toString(columns), "-y", Integer.toString(lines))
                .run()
                .ok();
        return this;
    }

    /** What it shows now. */
    String shown() throws IOException, InterruptedException {
        return tmux("capture-pane", "-t", SESSION, "-p").run().ok().text();
    }

    /** The same with the sequences of its colours. */
    String coloured() throws IOException, InterruptedException {
        return tmux("capture-pane", "-t", SESSION, "-p", "-e", "-N").run().ok().text();
    }

    /** A fact about it, as tmux's formats name them. */
    String fact(String name) throws IOException, InterruptedException {
        return tmux("display-message", "-t", SESSION, "-p", "#{" + name + "}")
                .run()
                .ok()
                .text()
                .strip();
    }

    /** Waits until it shows all of these. */
    Tmux await(String... texts) throws Exception {
        try {
            Await.until("a screen", () -> {
                String now = shown();
                return List.of(texts).stream().allMatch(now::contains);
            });
        } catch (AssertionError e) {
            throw new AssertionError("waited in vain for " + List.of(texts) + " on\n" + shown(), e);
        }
        return this;
    }

    /** Waits until it does not show this any more. */
    Tmux awaitWithout(String text) throws Exception {
        try {
            Await.until("a screen", () -> !shown().contains(text));
        } catch (AssertionError e) {
            throw new AssertionError("still there: " + text + " on\n" + shown(), e);
        }
        return this;
    }

    /** Ends it, and whatever runs in it. */
    @Override
    public void close() {
        try {
            tmux("kill-server").run();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
