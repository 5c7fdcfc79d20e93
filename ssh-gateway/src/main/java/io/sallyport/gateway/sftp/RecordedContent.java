package io.sallyport.gateway.sftp;

import io.sallyport.builds.Content;
import io.sallyport.handlers.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;

/**
 * A content of which the audit log is told how many bytes were read, each time that it was opened. One whose size alone
 * was asked for has no result there.
 */
record RecordedContent(Content content, Answer answer) implements Content {
    @Override
    public OptionalLong size() {
        return content.size();
    }

    @Override
    public ReadableByteChannel open(long offset) throws IOException {
        return new Counted(content.open(offset), answer);
    }

    private static final class Counted implements ReadableByteChannel {
        private final ReadableByteChannel channel;
        private final Answer answer;
        private long count;

        Counted(ReadableByteChannel channel, Answer answer) {
            this.channel = channel;
            this.answer = answer;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            int read = channel.read(into);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            if (channel.isOpen()) {
                answer.given(0, count);
            }
            channel.close();
        }
    }
}
