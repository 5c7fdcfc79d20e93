package io.sallyport.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;

/** One attempt at one request: sends the body, hands on what comes, tells how it ended. */
final class Exchange {
    private static final int CHUNK = 64 * 1024;

    private final Transport transport;
    private final OutputStream errors;

    /** What the gateway and the transport say goes to {@code errors} as it comes. */
    Exchange(Transport transport, OutputStream errors) {
        this.transport = transport;
        this.errors = errors;
    }

    /** An exchange over the same transport that says its words elsewhere. */
    Exchange saying(OutputStream elsewhere) {
        return new Exchange(transport, elsewhere);
    }

    /** Where the words go. */
    OutputStream errors() {
        return errors;
    }

    /**
     * Runs the request to its end.
     *
     * @param out gets each chunk of the answer, flushed, as it comes
     * @throws ClientException when the attempt cannot be made, the body cannot be had, or {@code out} takes no more
     */
    Ending run(Request request, Body body, OutputStream out) throws IOException, InterruptedException {
        try (Channel channel = transport.open(request.commandLine())) {
            Upload upload = Upload.start(channel, body);
            Overheard overheard = Overheard.start(channel.errors(), errors);
            copy(channel.output(), out);
            OptionalInt status = channel.await();
            String said = overheard.finish();
            upload.throwFailure();
            return status.isPresent() ? new Ending.Answered(status.getAsInt(), said) : new Ending.Lost(said);
        }
    }

    private static void copy(InputStream from, OutputStream to) throws ClientException {
        byte[] chunk = new byte[CHUNK];
        int length = read(from, chunk);
        while (length >= 0) {
            try {
                to.write(chunk, 0, length);
                to.flush();
            } catch (ClientException e) {
                throw e;
            } catch (IOException e) {
                throw new ClientException.OutputClosed(e);
            }
            length = read(from, chunk);
        }
    }

    /** A stream that breaks has ended: how, the exit status tells. */
    private static int read(InputStream from, byte[] chunk) {
        try {
            return from.read(chunk);
        } catch (IOException broken) {
            return -1;
        }
    }
}
