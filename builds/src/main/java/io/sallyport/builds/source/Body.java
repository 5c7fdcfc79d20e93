package io.sallyport.builds.source;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.StalledException;
import io.sallyport.builds.blob.BlobWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * A body on its way in: what is read of it is written to the content store before anyone looks at it. This is the one
 * place where a failure of the body and a failure of the store meet, so here they are told apart.
 */
final class Body implements ByteWindow.Supply {
    private final InputStream body;
    private final BlobWriter writer;
    private final long limit;

    Body(InputStream body, BlobWriter writer, long limit) {
        this.body = body;
        this.writer = writer;
        this.limit = limit;
    }

    @Override
    public int fill(byte[] window) throws IOException {
        int count = read(body, window);
        if (count > limit - writer.bytes()) {
            throw Unacceptable.tooLarge("bytes", limit);
        }
        write(writer, ByteBuffer.wrap(window, 0, count));
        return count;
    }

    /** Fills the window, as far as there are bytes. Any failure of the body but that it is too slow means that its sender is gone. */
    static int read(InputStream body, byte[] window) throws Unacceptable {
        try {
            return body.readNBytes(window, 0, window.length);
        } catch (StalledException e) {
            throw new Unacceptable(new Refusal.Stalled(e.least(), e.window()));
        } catch (IOException e) {
            throw new Unacceptable(new Refusal.Interrupted());
        }
    }

    /** Appends to the store, whose failures are not the body's. */
    static BlobWriter write(BlobWriter writer, ByteBuffer bytes) throws Unacceptable, StoreFailure {
        return Storing.of(() -> {
            writer.write(bytes);
            return writer;
        });
    }
}
