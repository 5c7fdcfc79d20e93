package io.sallyport.handlers.routes;

import io.sallyport.builds.Content;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Revocations;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;

/** {@code GET /revocations}: the list in force, byte for byte as it was given. */
final class ReadRevocations implements Handler {
    private final Revocations revocations;

    ReadRevocations(Revocations revocations) {
        this.revocations = revocations;
    }

    @Override
    public Response handle(Request request) {
        byte[] list = revocations.bytes();
        return new Response.Bytes(new Whole(list), 0, true, () -> ExitStatus.OK);
    }

    private static final class Whole implements Content {
        private final byte[] bytes;

        Whole(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(bytes.length);
        }

        @Override
        public ReadableByteChannel open(long offset) {
            int from = (int) Math.min(offset, bytes.length);
            return Channels.newChannel(new ByteArrayInputStream(bytes, from, bytes.length - from));
        }
    }
}
