package io.sallyport.client.cli;

import io.sallyport.client.Body;
import io.sallyport.client.ClientException;
import io.sallyport.client.Request;
import io.sallyport.client.SallyClient;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A build whose follower has pressed Ctrl-C: it goes on unless they want it to end. Runs while the JVM ends. A key is read
 * without Enter, and Ctrl-C as a key too, so that it can be pressed twice.
 */
final class InterruptedBuild {
    private final Console console;
    private final long build;
    private final Gateway gateway;

    /** A connection of its own: that of the follower is gone. */
    interface Gateway {
        SallyClient connect() throws ClientException;
    }

    InterruptedBuild(Console console, long build, Gateway gateway) {
        this.console = console;
        this.build = build;
        this.gateway = gateway;
    }

    /** Asks, and does what is wanted. */
    void ask() {
        try {
            if (key() == 'c') {
                console.last("c\n");
                cancel();
            } else {
                console.last("\nsally: follow it with 'sally log " + build + " -f', or 'sally cancel " + build + "'\n");
            }
        } catch (IOException e) {
            console.last("\nsally: build " + build + " may go on: see 'sally show " + build + "'\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cancel() throws IOException, InterruptedException {
        try (SallyClient client = gateway.connect()) {
            Request request = Request.of("DELETE", "/builds/" + build).with("reason", "interrupted by its submitter");
            String state =
                    client.once(request, Body.none()).document().path("state").asText();
            console.last(
                    "sally: build " + build + (state.equals("canceled") ? " canceled" : " is being canceled") + "\n");
        }
    }

    private int key() throws IOException, InterruptedException {
        String before = Stty.run("-g");
        Stty.run("-icanon", "-echo", "-isig", "min", "1");
        console.last("\nsally: build " + build + " goes on. c cancels it, any other key leaves it (Ctrl-C too): ");
        try (InputStream terminal = new FileInputStream(Stty.TERMINAL)) {
            return terminal.read();
        } finally {
            Stty.run(before);
        }
    }
}
