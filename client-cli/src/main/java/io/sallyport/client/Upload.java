package io.sallyport.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends a body while the answer is read: the gateway may answer before it has read all, or any, of the body. */
final class Upload {
    private final Channel channel;
    private final Body body;
    private final AtomicReference<@Nullable ClientException> failure = new AtomicReference<>();

    private Upload(Channel channel, Body body) {
        this.channel = channel;
        this.body = body;
    }

    /** Starts to send, on a thread of its own. */
    static Upload start(Channel channel, Body body) {
        Upload upload = new Upload(channel, body);
        Thread.ofPlatform().daemon().name("upload").start(upload::send);
        return upload;
    }

    /** Throws why the body could not be had, if that is so. Call it after the channel's end. */
    void throwFailure() throws ClientException {
        ClientException e = failure.get();
        if (e != null) {
            throw e;
        }
    }

    private void send() {
        try (OutputStream input = channel.input()) {
            sendTo(input);
        } catch (IOException refused) {
            // The gateway takes no more. Its answer, or the lost connection, tells why.
        }
    }

    /** The channel is cut before its input is closed: half a body must never look like a whole one. */
    private void sendTo(OutputStream input) throws IOException {
        try {
            body.writeTo(input);
        } catch (ClientException e) {
            failure.set(e);
            channel.close();
        } catch (RuntimeException | Error bug) {
            channel.close();
            throw bug;
        }
    }
}
