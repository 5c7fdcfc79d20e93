package io.sallyport.builds.source;

import io.sallyport.builds.source.RawEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar from a stream, strictly: a tar that is not closed by two blocks of zeros, or has other bytes than zeros
 * behind them, is damaged, because that is what a stream looks like that was cut or mixed up.
 */
final class TarReader implements RawArchive {
    /** No path is nearly as long; a header that says more wants memory. */
    private static final int LONGEST_EXTENSION = 1 << 20;

    /** One of each kind would be five. */
    private static final int MOST_EXTENSIONS = 16;

    private final ByteWindow in;
    private final Budget budget;
    private final byte[] block = new byte[TarHeader.BLOCK];
    private TarBody body;
    private Optional<String> gitCommit = Optional.empty();

    TarReader(ByteWindow in, Budget budget) {
        this.in = in;
        this.budget = budget;
        this.body = new TarBody(in, 0);
    }

    @Override
    public @Nullable RawEntry next() throws IOException {
        body.finish();
        TarExtensions extensions = new TarExtensions();
        for (int i = 0; i <= MOST_EXTENSIONS; i++) {
            readBlock();
            if (isZero(block)) {
                readEnd();
                return null;
            }
            TarHeader header = TarHeader.read(block);
            if (!extend(extensions, header)) {
                return entry(header, extensions);
            }
        }
        throw Unacceptable.damaged("more than " + MOST_EXTENSIONS + " extended headers for one entry");
    }

    /** Takes a header that says something of the next one; false when this one is the entry. */
    private boolean extend(TarExtensions extensions, TarHeader header) throws IOException {
        switch (header.type()) {
            case 'x', 'X' -> extensions.records(extension(header));
            case 'g' -> global(extension(header));
            case 'L' -> extensions.longPath(extension(header));
            case 'K' -> extensions.longTarget(extension(header));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void global(byte[] records) throws Unacceptable {
        TarExtensions global = new TarExtensions();
        global.records(records);
        if (global.changeEntries()) {
            throw Unacceptable.damaged("a global header gives all entries one path, target or size");
        }
        gitCommit = gitCommit.or(global::gitCommit);
    }

    private byte[] extension(TarHeader header) throws IOException {
        if (header.size() > LONGEST_EXTENSION) {
            throw Unacceptable.damaged("an extended header of " + header.size() + " bytes");
        }
        budget.unpacked(header.size());
        TarBody records = new TarBody(in, header.size());
        byte[] bytes = records.readAllBytes();
        records.finish();
        return bytes;
    }

    private RawEntry entry(TarHeader header, TarExtensions extensions) throws Unacceptable {
        String name = Names.name(extensions.path(header));
        if (extensions.sparse()) {
            throw Unacceptable.hostile(name, "a sparse file");
        }
        Kind kind = kind(header.type(), name);
        boolean link = kind == Kind.SYMBOLIC_LINK || kind == Kind.HARD_LINK;
        long size = extensions.size(header);
        body = new TarBody(in, size);
        return new RawEntry(
                name,
                kind,
                size,
                (int) header.mode() & 0777,
                extensions.modified(header),
                link ? Names.name(extensions.target(header)) : "");
    }

    private static Kind kind(char type, String name) throws Unacceptable {
        return switch (type) {
            // Before POSIX a folder was a file whose name ends with a slash.
            case '0', '\0', '7' -> name.endsWith("/") ? Kind.FOLDER : Kind.FILE;
            case '1' -> Kind.HARD_LINK;
            case '2' -> Kind.SYMBOLIC_LINK;
            case '5' -> Kind.FOLDER;
            case '3', '4' -> throw Unacceptable.hostile(name, "a device");
            case '6' -> throw Unacceptable.hostile(name, "a FIFO");
            case 'S' -> throw Unacceptable.hostile(name, "a sparse file");
            default ->
                throw Unacceptable.hostile(name, "an entry of unknown type " + Names.printable(String.valueOf(type)));
        };
    }

    private void readBlock() throws IOException {
        int count = in.readBlock(block);
        if (count == 0) {
            throw Unacceptable.damaged("it ends without the two blocks of zeros that close a tar");
        }
        if (count < block.length) {
            throw Unacceptable.damaged("it ends within a header");
        }
    }

    private void readEnd() throws IOException {
        readBlock();
        if (!isZero(block)) {
            throw Unacceptable.damaged("one block of zeros alone");
        }
        if (!in.onlyZerosLeft(budget)) {
            throw Unacceptable.damaged("other bytes than zeros after its end");
        }
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public Optional<String> gitCommit() {
        return gitCommit;
    }

    @Override
    public void close() {}
}
