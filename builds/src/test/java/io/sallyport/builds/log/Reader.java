package io.sallyport.builds.log;

import io.sallyport.builds.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads logs to their end. */
final class Reader {
    private Reader() {}

    static byte[] bytes(Content content, long offset, int room) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(room);
        try (ReadableByteChannel in = content.open(offset)) {
            while (in.read(buffer.clear()) >= 0) {
                all.write(buffer.array(), 0, buffer.position());
            }
        }
        return all.toByteArray();
    }

    static String text(BuildLog log, LogSelection selection) throws IOException {
        return new String(bytes(log.raw(selection, false), 0, 8192), StandardCharsets.UTF_8);
    }

    static String text(BuildLog log) throws IOException {
        return text(log, LogSelection.ALL);
    }

    static List<LogItem> items(LogRecords records) throws IOException {
        try (records) {
            List<LogItem> items = new ArrayList<>();
            for (LogItem item = records.next(); item != null; item = records.next()) {
                items.add(item);
            }
            return items;
        }
    }

    /** Reads until that many bytes are there. */
    static String exactly(ReadableByteChannel in, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (in.read(buffer) < 0) {
                throw new IOException("ended after " + buffer.position() + " bytes");
            }
        }
        return new String(buffer.array(), StandardCharsets.UTF_8);
    }
}
