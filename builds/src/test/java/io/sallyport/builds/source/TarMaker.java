package io.sallyport.builds.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Date;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes tars for tests, welcome ones and others. */
public final class TarMaker {
    public static final long TIME = 1_700_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, 512, "UTF-8");

    public TarMaker() {
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        out.setAddPaxHeadersForNonAsciiNames(true);
    }

    public TarMaker gnu() {
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        out.setAddPaxHeadersForNonAsciiNames(false);
        return this;
    }

    public TarMaker file(String name, String text) {
        return file(name, 0644, text.getBytes(UTF_8));
    }

    public TarMaker file(String name, int mode, byte[] content) {
        TarArchiveEntry entry = entry(name, TarConstants.LF_NORMAL);
        entry.setMode(mode);
        return add(entry, content);
    }

    public TarMaker folder(String name) {
        return add(entry(name, TarConstants.LF_DIR));
    }

    public TarMaker folder(String name, int mode) {
        TarArchiveEntry entry = entry(name, TarConstants.LF_DIR);
        entry.setMode(mode);
        return add(entry);
    }

    public TarMaker link(String name, String target) {
        TarArchiveEntry entry = entry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        return add(entry);
    }

    public TarMaker hardLink(String name, String target) {
        TarArchiveEntry entry = entry(name, TarConstants.LF_LINK);
        entry.setLinkName(target);
        return add(entry);
    }

    public TarMaker special(String name, byte type) {
        return add(entry(name, type));
    }

    /** A header that says something of the next entry, or of all that follow. */
    public TarMaker extension(char type, String key, String value) {
        String record = " " + key + "=" + value + "\n";
        int length = record.getBytes(UTF_8).length + 1;
        while (length < record.getBytes(UTF_8).length + Integer.toString(length).length()) {
            length++;
        }
        return raw(type, (length + record).getBytes(UTF_8));
    }

    public TarMaker raw(char type, byte[] body) {
        return add(entry("extension", (byte) type), body);
    }

    private static TarArchiveEntry entry(String name, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setModTime(new Date(TIME * 1000));
        return entry;
    }

    private TarMaker add(TarArchiveEntry entry, byte... content) {
        try {
            entry.setSize(content.length);
            out.putArchiveEntry(entry);
            out.write(content);
            out.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] bytes() {
        try {
            out.finish();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
