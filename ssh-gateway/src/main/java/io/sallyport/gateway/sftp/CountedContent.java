package io.sallyport.gateway.sftp;

import io.sallyport.builds.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;

/** A content whose offsets are not counts of its bytes: a position in it is reached by reading up to it. */
record CountedContent(Content content) implements Content {
    private static final int PIECE = 32 * 1024;

    @Override
    public OptionalLong size() {
        return content.size();
    }

    @Override
    public ReadableByteChannel open(long offset) throws IOException {
        ReadableByteChannel channel = content.open(0);
        try {
            skip(channel, offset);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void skip(ReadableByteChannel channel, long count) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, count));
        for (long left = count; left > 0; left -= piece.position()) {
            piece.clear().limit((int) Math.min(piece.capacity(), left));
            if (channel.read(piece) < 0) {
                return;
            }
        }
    }
}
