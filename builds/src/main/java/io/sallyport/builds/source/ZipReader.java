package io.sallyport.builds.source;

import io.sallyport.builds.source.RawEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a zip by its central directory, one record at a time: the directory itself is never whole in memory, however
 * many entries it claims. Local headers must agree with it, and no two entries may share bytes of the file.
 */
final class ZipReader implements RawArchive {
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int WINDOW = 64 << 10;
    private static final int CHUNK = 16 << 10;
    private static final int LONGEST_TARGET = 4096;

    private final ZipFileBytes zip;
    private final ZipDirectory directory;
    private final ByteWindow records;
    private final Inflater inflater = new Inflater(true);
    /** Start and end of what entries were read from. */
    private final TreeMap<Long, Long> taken = new TreeMap<>();

    private InputStream body = InputStream.nullInputStream();
    private long count;

    /**
     * Opens the zip.
     *
     * @param channel stays open when this is closed
     */
    ZipReader(FileChannel channel) throws IOException {
        this.zip = ZipFileBytes.of(channel);
        this.directory = ZipDirectory.find(zip);
        this.records = zip.window(directory.offset(), directory.end(), WINDOW);
    }

    @Override
    public @Nullable RawEntry next() throws IOException {
        body.transferTo(OutputStream.nullOutputStream());
        if (!records.hasMore()) {
            if (!directory.holds(count)) {
                throw Unacceptable.damaged("a zip with more or fewer entries than it says");
            }
            return null;
        }
        count++;
        ZipRecord record = ZipRecord.read(records);
        Kind kind = record.kind();
        body = new ZipBody(record, content(record));
        boolean link = kind == Kind.SYMBOLIC_LINK;
        return new RawEntry(
                record.name(),
                kind,
                link ? 0 : record.size(),
                record.permissions(),
                record.modified(),
                link ? target(record) : "");
    }

    private String target(ZipRecord record) throws IOException {
        if (record.size() > LONGEST_TARGET) {
            throw Unacceptable.hostile(record.name(), "a link with a target of " + record.size() + " bytes");
        }
        return Names.name(body.readAllBytes());
    }

    private InputStream content(ZipRecord record) throws IOException {
        long start = contentStart(record);
        long end = start + record.packed();
        if (end < start || end > directory.offset()) {
            throw Unacceptable.damaged("a zip with an entry that does not end");
        }
        take(record.local(), end);
        ByteWindow packed = zip.window(start, end, Math.clamp(record.packed() + 1, 1, WINDOW));
        return switch (record.method()) {
            case ZipRecord.STORED -> packed;
            case ZipRecord.DEFLATED -> {
                inflater.reset();
                yield new InflaterInputStream(packed, inflater, Math.clamp(record.packed(), 1, CHUNK));
            }
            default ->
                throw Unacceptable.hostile(
                        record.name(), "compressed by method " + record.method() + "; only deflate is known");
        };
    }

    private long contentStart(ZipRecord record) throws IOException {
        byte[] name = record.rawName();
        ByteBuffer header = zip.fields(record.local(), LOCAL_LENGTH + name.length);
        boolean agrees = header.getInt(0) == LOCAL
                && header.getShort(8) == record.method()
                && Short.toUnsignedInt(header.getShort(26)) == name.length
                && header.slice(LOCAL_LENGTH, name.length).equals(ByteBuffer.wrap(name));
        if (!agrees) {
            throw Unacceptable.damaged(
                    "a zip whose directory and headers disagree on " + Names.printable(record.name()));
        }
        return record.local() + LOCAL_LENGTH + name.length + Short.toUnsignedInt(header.getShort(28));
    }

    private void take(long start, long end) throws Unacceptable {
        Map.Entry<Long, Long> before = taken.lowerEntry(end);
        if (before != null && before.getValue() > start) {
            throw Unacceptable.damaged("a zip with entries that overlap");
        }
        taken.put(start, end);
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public Optional<String> gitCommit() {
        return GitCommit.parse(directory.comment());
    }

    @Override
    public void close() {
        inflater.end();
    }
}
