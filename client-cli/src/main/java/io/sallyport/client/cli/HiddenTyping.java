package io.sallyport.client.cli;

import java.io.IOException;

/**
 * What is typed at the terminal is not shown, until this ends. A JVM that is interrupted ends with its hooks, and without the
 * {@code finally} of a thread that waits for a key: so a hook gives the terminal its modes back too.
 */
final class HiddenTyping {
    private final String before;
    private final Thread hook = new Thread(this::restoreAtTheEnd);
    private boolean restored;

    private HiddenTyping(String before) {
        this.before = before;
    }

    static HiddenTyping begin() throws IOException, InterruptedException {
        HiddenTyping hidden = new HiddenTyping(Stty.run("-g"));
        try {
            Runtime.getRuntime().addShutdownHook(hidden.hook);
        } catch (IllegalStateException e) {
            // The JVM ends already, and this is a question of one of its hooks: that nobody interrupts any more.
        }
        try {
            hidden.hide();
        } catch (IOException | InterruptedException | RuntimeException e) {
            hidden.end();
            throw e;
        }
        return hidden;
    }

    private synchronized void hide() throws IOException, InterruptedException {
        if (!restored) {
            Stty.run("-echo");
        }
    }

    private synchronized void restore() throws IOException, InterruptedException {
        if (!restored) {
            restored = true;
            Stty.run(before);
        }
    }

    private void restoreAtTheEnd() {
        try {
            restore();
        } catch (IOException e) {
            // The terminal is gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void end() throws IOException, InterruptedException {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs, or has run: there is nothing left for it to do.
        }
    }
}
